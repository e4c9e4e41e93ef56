{{/*
The NetworkPolicy of a component. Takes root, component, and as lists: from (peers that may reach its HTTP
port, or empty for everybody), ports (those ports), egress (rules, beside DNS) and policies' own to.
*/}}
{{- define "gatehouse.networkPolicy" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "gatehouse.metadata" . | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "gatehouse.selectorLabels" . | nindent 6 }}
  policyTypes:
    - Ingress
    {{- if .root.Values.networkPolicy.egress.enabled }}
    - Egress
    {{- end }}
  ingress:
    - ports:
        {{- range .ports }}
        - port: {{ . }}
        {{- end }}
      {{- with .from }}
      from:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    {{- with .root.Values.monitoring.namespace }}
    # Metrics and health: for whoever scrapes. Probes of the node itself are not subject to policies.
    - ports:
        - port: management
      from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: {{ . }}
    {{- end }}
  {{- if .root.Values.networkPolicy.egress.enabled }}
  egress:
    - ports:
        - port: 53
          protocol: UDP
        - port: 53
          protocol: TCP
    {{- with .egress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
{{- end }}

{{/* A component's pods as a peer. Takes a dict. */}}
{{- define "gatehouse.peer" -}}
podSelector:
  matchLabels:
    {{- include "gatehouse.selectorLabels" . | nindent 4 }}
{{- end }}

{{/* The rule by which the HTTP port of a service may be called. Takes a dict. */}}
{{- define "gatehouse.callsTo" -}}
to:
  - {{- include "gatehouse.peer" . | nindent 4 }}
ports:
  - port: 8081
{{- end }}

{{/* The rule by which the instances of CloudNativePG may be called. */}}
{{- define "gatehouse.callsToCluster" -}}
to:
  - podSelector:
      matchLabels:
        cnpg.io/cluster: {{ include "gatehouse.clusterName" . }}
ports:
  - port: 5432
{{- end }}

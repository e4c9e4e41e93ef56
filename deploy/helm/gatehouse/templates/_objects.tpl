{{/* The small objects that every component has. All take root and component. */}}

{{- define "gatehouse.serviceAccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "gatehouse.metadata" . | nindent 2 }}
automountServiceAccountToken: false
{{- end }}

{{- define "gatehouse.configMap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "gatehouse.metadata" . | nindent 2 }}
data:
  application.properties: |
    {{- include (printf "gatehouse.%s.properties" .component) .root | trim | nindent 4 }}
{{- end }}

{{/* The HTTP port, for those inside the cluster. */}}
{{- define "gatehouse.service" -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "gatehouse.metadata" . | nindent 2 }}
spec:
  type: ClusterIP
  selector:
    {{- include "gatehouse.selectorLabels" . | nindent 4 }}
  ports:
    - name: http
      port: 8081
      targetPort: http
{{- end }}

{{/*
Metrics and health, on a Service of their own, so that nothing that leads to the HTTP port can lead here.
Headless: whoever scrapes wants each pod, also one that is not ready.
*/}}
{{- define "gatehouse.managementService" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "gatehouse.componentName" . }}-management
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "gatehouse.labels" . | nindent 4 }}
    gatehouse.dev/endpoint: management
spec:
  type: ClusterIP
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    {{- include "gatehouse.selectorLabels" . | nindent 4 }}
  ports:
    - name: management
      port: 8082
      targetPort: management
{{- end }}

{{- define "gatehouse.disruptionBudget" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "gatehouse.metadata" . | nindent 2 }}
spec:
  maxUnavailable: 1
  # Pods that are not ready serve nobody; they must not keep a node from being emptied.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "gatehouse.selectorLabels" . | nindent 6 }}
{{- end }}

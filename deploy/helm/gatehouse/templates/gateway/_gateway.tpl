{{/* What the Deployment of the gateway has of its own; gatehouse.deployment puts it together. */}}

{{- define "gatehouse.gateway.image" -}}
{{ include "gatehouse.image" (dict "root" . "service" "gateway-service" "digest" .Values.gateway.digest) }}
{{- end }}

{{- define "gatehouse.gateway.checksum" -}}
{{ printf "%s%s" (include "gatehouse.gateway.properties" .) (toJson .Values.catalogs) | sha256sum }}
{{- end }}

{{- define "gatehouse.gateway.lifetime" -}}
terminationGracePeriodSeconds: {{ .Values.gateway.shutdown.terminationGracePeriodSeconds }}
{{- end }}

{{- define "gatehouse.gateway.preStopSeconds" -}}
{{ .Values.gateway.shutdown.preStopSeconds }}
{{- end }}

{{- define "gatehouse.gateway.initContainers" -}}{{- end }}

{{- define "gatehouse.gateway.env" -}}{{- end }}

{{- define "gatehouse.gateway.ports" -}}
{{- if .Values.gateway.tls.enabled }}
- name: https
  containerPort: 8443
{{- end }}
{{- end }}

{{- define "gatehouse.gateway.mounts" -}}
- name: state
  mountPath: /var/lib/gatehouse
{{- include "gatehouse.caBundle.mount" . }}
{{- if .Values.catalogs }}
- name: catalogs
  mountPath: /etc/gatehouse/catalogs
  readOnly: true
{{- end }}
{{- if .Values.gateway.tls.enabled }}
- name: tls
  mountPath: /etc/gatehouse/tls
  readOnly: true
{{- end }}
{{- range $name, $api := .Values.apis }}
{{- if ($api.credentials).existingSecret }}
- name: credentials-{{ $name }}
  mountPath: /etc/gatehouse/credentials/{{ $name }}
  readOnly: true
{{- end }}
{{- end }}
{{- end }}

{{- define "gatehouse.gateway.volumes" -}}
- name: state
  {{- if .Values.gateway.state.ephemeralVolume }}
  ephemeral:
    volumeClaimTemplate:
      spec:
        accessModes: [ReadWriteOnce]
        {{- with .Values.gateway.state.storageClass }}
        storageClassName: {{ . }}
        {{- end }}
        resources:
          requests:
            storage: {{ .Values.gateway.state.size }}
  {{- else }}
  emptyDir:
    sizeLimit: {{ .Values.gateway.state.size }}
  {{- end }}
{{- include "gatehouse.caBundle.volume" . }}
{{- if .Values.catalogs }}
- name: catalogs
  configMap:
    name: {{ include "gatehouse.fullname" . }}-catalogs
{{- end }}
{{- if .Values.gateway.tls.enabled }}
- name: tls
  secret:
    secretName: {{ .Values.gateway.tls.secretName | default (include "gatehouse.certificateSecret" .) }}
    defaultMode: 0440
{{- end }}
{{- range $name, $api := .Values.apis }}
{{- if ($api.credentials).existingSecret }}
- name: credentials-{{ $name }}
  secret:
    secretName: {{ $api.credentials.existingSecret }}
    defaultMode: 0440
    items:
      {{- with $api.credentials.passwordKey }}
      - key: {{ . }}
        path: password
      {{- end }}
      {{- with $api.credentials.bearerTokenKey }}
      - key: {{ . }}
        path: bearer-token
      {{- end }}
{{- end }}
{{- end }}
{{- end }}

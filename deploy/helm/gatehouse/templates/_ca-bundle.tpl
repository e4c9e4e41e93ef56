{{/* Authorities that may vouch for whom a service calls, beside those that Java trusts. Each takes the chart's context. */}}

{{- define "gatehouse.caBundle.property" -}}
{{- with .Values.caBundle -}}
{{- if .configMap }}{{ include "gatehouse.property" (list "gatehouse.outgoing-tls.ca-file" (printf "/etc/gatehouse/ca/%s" .key)) }}{{ end -}}
{{- end -}}
{{- end }}

{{- define "gatehouse.caBundle.mount" -}}
{{- if .Values.caBundle.configMap }}
- name: ca-bundle
  mountPath: /etc/gatehouse/ca
  readOnly: true
{{- end }}
{{- end }}

{{- define "gatehouse.caBundle.volume" -}}
{{- with .Values.caBundle.configMap }}
- name: ca-bundle
  configMap:
    name: {{ . }}
{{- end }}
{{- end }}

{{/* What the Deployment of the key-service has of its own; gatehouse.deployment puts it together. */}}

{{- define "gatehouse.key-service.image" -}}
{{ include "gatehouse.image" (dict "root" . "service" "key-service" "digest" .Values.keyService.digest) }}
{{- end }}

{{- define "gatehouse.key-service.checksum" -}}
{{ include "gatehouse.key-service.properties" . | sha256sum }}
{{- end }}

{{- define "gatehouse.key-service.lifetime" -}}
terminationGracePeriodSeconds: 30
{{- end }}

{{- define "gatehouse.key-service.preStopSeconds" -}}
10
{{- end }}

{{- define "gatehouse.key-service.ports" -}}{{- end }}

{{- define "gatehouse.key-service.initContainers" -}}
{{ include "gatehouse.migrations" (dict "root" . "component" "key-service" "values" .Values.keyService "database" "keys") }}
{{- end }}

{{- define "gatehouse.key-service.env" -}}
{{ include "gatehouse.databaseEnv" (dict "root" .root "database" "keys" "migrating" .migrating) }}
{{- /* Who only migrates calls nobody. */}}
{{- with .root.Values.oidc.proxy.existingSecret }}
{{- if not $.migrating }}
{{- range list "username" "password" }}
- name: GATEHOUSE_OIDC_PROXY_{{ upper . }}
  valueFrom:
    secretKeyRef:
      name: {{ $.root.Values.oidc.proxy.existingSecret }}
      key: {{ . }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "gatehouse.key-service.mounts" -}}
{{ include "gatehouse.databaseMounts" . }}
{{- include "gatehouse.caBundle.mount" . }}
{{- end }}

{{- define "gatehouse.key-service.volumes" -}}
{{ include "gatehouse.databaseVolumes" . }}
{{- include "gatehouse.caBundle.volume" . }}
{{- end }}

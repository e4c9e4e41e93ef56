{{/* What the Deployment of the tenant-service has of its own; gatehouse.deployment puts it together. */}}

{{- define "gatehouse.tenant-service.image" -}}
{{ include "gatehouse.image" (dict "root" . "service" "tenant-service" "digest" .Values.tenantService.digest) }}
{{- end }}

{{- define "gatehouse.tenant-service.checksum" -}}
{{ include "gatehouse.tenant-service.properties" . | sha256sum }}
{{- end }}

{{- define "gatehouse.tenant-service.lifetime" -}}
terminationGracePeriodSeconds: 30
{{- end }}

{{- define "gatehouse.tenant-service.preStopSeconds" -}}
10
{{- end }}

{{- define "gatehouse.tenant-service.ports" -}}{{- end }}

{{- define "gatehouse.tenant-service.initContainers" -}}
{{ include "gatehouse.migrations" (dict "root" . "component" "tenant-service" "values" .Values.tenantService "database" "tenants") }}
{{- end }}

{{- define "gatehouse.tenant-service.env" -}}
{{ include "gatehouse.databaseEnv" (dict "root" .root "database" "tenants" "migrating" .migrating) }}
{{- end }}

{{- define "gatehouse.tenant-service.mounts" -}}
{{ include "gatehouse.databaseMounts" . }}
{{- end }}

{{- define "gatehouse.tenant-service.volumes" -}}
{{ include "gatehouse.databaseVolumes" . }}
{{- end }}

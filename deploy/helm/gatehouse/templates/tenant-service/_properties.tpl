{{/* The tenant-service's configuration. */}}
{{- define "gatehouse.tenant-service.properties" -}}
{{ include "gatehouse.databaseProperties" (dict "root" . "database" "tenants") -}}
{{ include "gatehouse.extraProperties" .Values.tenantService }}
{{- end }}

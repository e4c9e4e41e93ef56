{{/*
One line of an application.properties. Takes key and value; a list becomes a comma list. Nothing where the
value is null or empty, so that the service's own default counts.
*/}}
{{- define "gatehouse.property" -}}
{{- $value := index . 1 -}}
{{- if kindIs "slice" $value }}{{ $value = join "," $value }}{{ end -}}
{{- /* Helm reads every number as a float, and would write 1000000 as 1e+06. */ -}}
{{- if kindIs "float64" $value }}{{ if eq $value (floor $value) }}{{ $value = int64 $value }}{{ end }}{{ end -}}
{{- if not (or (kindIs "invalid" $value) (eq (toString $value) "")) -}}
{{ index . 0 }}={{ toString $value | replace "\\" "\\\\" }}
{{ end -}}
{{- end }}

{{/* What has no value of its own. Takes the values of a component. */}}
{{- define "gatehouse.extraProperties" -}}
{{- range $key, $value := .extraProperties -}}
{{ include "gatehouse.property" (list $key $value) }}
{{- end -}}
{{- end }}

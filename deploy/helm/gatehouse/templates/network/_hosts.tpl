{{/*
The hosts that lead to the gateway, one a line. "*" stands for one label, so tenants that are two labels
deep need more: by api where that comes last, by tenant (extraHosts) where the tenant does.
*/}}
{{- define "gatehouse.hosts" -}}
{{- $domain := .Values.domain -}}
{{- $hosts := list (printf "*.%s" $domain) -}}
{{- if eq .Values.hostTemplate "{tenant}.{api}.{domain}" -}}
{{- range $name, $api := .Values.apis }}{{ $hosts = append $hosts (printf "*.%s.%s" $name $domain) }}{{ end -}}
{{- end -}}
{{- range .Values.controlHosts -}}
{{- if not (regexMatch (printf "^[^.]+\\.%s$" (replace "." "\\." $domain)) .) }}{{ $hosts = append $hosts . }}{{ end -}}
{{- end -}}
{{- concat $hosts .Values.ingress.extraHosts | uniq | join "\n" -}}
{{- end }}

{{/*
Names and labels. What takes a dict takes root (the chart's context) and component (gateway,
tenant-service or key-service).
*/}}

{{/*
The beginning of every name: at most 36 characters, so that the longest end (-tenant-service-management)
fits into the 63 of a Service. What had to be shortened or mended ends in a hash of the whole, so that two
releases never share a name.
*/}}
{{- define "gatehouse.fullname" -}}
{{- $release := .Release.Name -}}
{{- $whole := .Values.fullnameOverride | default (contains "gatehouse" $release | ternary $release (printf "%s-gatehouse" $release)) -}}
{{- $name := $whole | replace "." "-" -}}
{{- if regexMatch "^[0-9]" $name }}{{ $name = printf "r%s" $name }}{{ end -}}
{{- if or (ne $name $whole) (gt (len $name) 36) -}}
{{- printf "%s-%s" ($name | trunc 27 | trimSuffix "-") ($whole | sha256sum | trunc 8) -}}
{{- else -}}
{{- $name -}}
{{- end -}}
{{- end }}

{{/* The name of a component's objects. Takes a dict. */}}
{{- define "gatehouse.componentName" -}}
{{ include "gatehouse.fullname" .root }}-{{ .component }}
{{- end }}

{{/* What chooses the pods of a component; never changes. Takes a dict. */}}
{{- define "gatehouse.selectorLabels" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name | quote }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* The labels of a component's objects. Takes a dict. */}}
{{- define "gatehouse.labels" -}}
{{ include "gatehouse.selectorLabels" . }}
app.kubernetes.io/part-of: gatehouse
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Name, namespace and labels of an object that is called as its component. Takes a dict. */}}
{{- define "gatehouse.metadata" -}}
name: {{ include "gatehouse.componentName" . }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "gatehouse.labels" . | nindent 2 }}
{{- end }}

{{/* The image of a service (gateway-service, …). Takes root, service and digest. */}}
{{- define "gatehouse.image" -}}
{{- $image := .root.Values.image -}}
{{- with $image.registry }}{{ . }}/{{ end -}}
{{ $image.repository }}/{{ .service }}:{{ $image.tag | default .root.Chart.AppVersion }}
{{- with .digest }}@{{ . }}{{ end -}}
{{- end }}

{{/* The Secret that holds AUTH_API_KEY: the operator's, or the one that the hook Job makes. */}}
{{- define "gatehouse.authSecret" -}}
{{ .Values.auth.existingSecret | default (printf "%s-auth" (include "gatehouse.fullname" .)) }}
{{- end }}

{{/* The Secret of the wildcard certificate. */}}
{{- define "gatehouse.certificateSecret" -}}
{{ include "gatehouse.fullname" . }}-tls
{{- end }}

{{/* Where a service answers inside the namespace. Takes a dict. */}}
{{- define "gatehouse.serviceUrl" -}}
http://{{ include "gatehouse.componentName" . }}:8081
{{- end }}

{{/* The key-service's configuration. */}}
{{- define "gatehouse.key-service.properties" -}}
{{ include "gatehouse.databaseProperties" (dict "root" . "database" "keys") -}}
{{ include "gatehouse.property" (list "gatehouse.instance" .Values.instance) -}}
{{ include "gatehouse.property" (list "gatehouse.tenant-service.url" (include "gatehouse.serviceUrl" (dict "root" . "component" "tenant-service"))) -}}
{{ include "gatehouse.property" (list "gatehouse.keys.wildcard-owner" .Values.keys.wildcardOwner) -}}
{{ include "gatehouse.caBundle.property" . -}}
{{- with .Values.oidc -}}
{{ include "gatehouse.property" (list "auth.jwt.issuer-url" .issuerUrl) -}}
{{ include "gatehouse.property" (list "auth.jwt.audience" .audience) -}}
{{ include "gatehouse.property" (list "auth.jwt.orchestrate-claims" .claimsNamespace) -}}
{{ include "gatehouse.property" (list "gatehouse.oidc.default-scopes" .defaultScopes) -}}
{{ include "gatehouse.property" (list "gatehouse.oidc.allowed-hosts" .allowedHosts) -}}
{{ include "gatehouse.property" (list "gatehouse.oidc.deadline" .deadline) -}}
{{ include "gatehouse.property" (list "gatehouse.oidc.proxy.url" .proxy.url) -}}
{{ include "gatehouse.property" (list "gatehouse.oidc.proxy.except" .proxy.except) -}}
{{- range $name, $issuer := .issuers -}}
{{- $prefix := printf "gatehouse.issuers.%s" $name -}}
{{ include "gatehouse.property" (list (printf "%s.url" $prefix) $issuer.url) -}}
{{ include "gatehouse.property" (list (printf "%s.audience" $prefix) $issuer.audience) -}}
{{ include "gatehouse.property" (list (printf "%s.may-speak-for" $prefix) $issuer.maySpeakFor) -}}
{{ include "gatehouse.property" (list (printf "%s.claims-namespace" $prefix) $issuer.claimsNamespace) -}}
{{ include "gatehouse.property" (list (printf "%s.default-scopes" $prefix) $issuer.defaultScopes) -}}
{{- end -}}
{{- end -}}
{{ include "gatehouse.extraProperties" .Values.keyService }}
{{- end }}

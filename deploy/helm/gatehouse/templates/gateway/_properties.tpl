{{/* The gateway's configuration. */}}
{{- define "gatehouse.gateway.properties" -}}
{{- $gateway := .Values.gateway -}}
{{ include "gatehouse.property" (list "gatehouse.instance" .Values.instance) -}}
{{ include "gatehouse.property" (list "gatehouse.domain" .Values.domain) -}}
{{ include "gatehouse.property" (list "gatehouse.host-template" .Values.hostTemplate) -}}
{{ include "gatehouse.property" (list "gatehouse.control-hosts" .Values.controlHosts) -}}
{{ include "gatehouse.property" (list "gatehouse.tenant-service.url" (include "gatehouse.serviceUrl" (dict "root" . "component" "tenant-service"))) -}}
{{ include "gatehouse.property" (list "gatehouse.key-service.url" (include "gatehouse.serviceUrl" (dict "root" . "component" "key-service"))) -}}
{{ include "gatehouse.property" (list "gatehouse.state-dir" "/var/lib/gatehouse") -}}
{{ include "gatehouse.caBundle.property" . -}}
{{ include "gatehouse.property" (list "gatehouse.tenancy.multi" .Values.multiTenancy.enabled) -}}
{{ include "gatehouse.property" (list "gatehouse.tenancy.allow-anonymous" .Values.multiTenancy.allowAnonymous) -}}
{{ include "gatehouse.property" (list "gatehouse.nesting.ancestor-access" .Values.nesting.ancestorAccess) -}}
{{ include "gatehouse.property" (list "gatehouse.nesting.descendant-access" .Values.nesting.descendantAccess) -}}
{{ include "gatehouse.property" (list "gatehouse.nesting.default-readable" .Values.nesting.defaultReadable) -}}
{{ include "gatehouse.property" (list "gatehouse.trusted-proxies" $gateway.trustedProxies) -}}
{{ include "gatehouse.property" (list "gatehouse.write.hold-expired" $gateway.write.holdExpired) -}}
{{ include "gatehouse.property" (list "gatehouse.trust.max-staleness" $gateway.trust.maxStaleness) -}}
{{ include "gatehouse.property" (list "gatehouse.trust.max-disk-age" $gateway.trust.maxDiskAge) -}}
{{ include "gatehouse.property" (list "gatehouse.proxy.max-inflight" $gateway.proxy.maxInflight) -}}
{{ include "gatehouse.property" (list "gatehouse.proxy.max-connections" $gateway.proxy.maxConnections) -}}
{{ include "gatehouse.property" (list "gatehouse.drain.delay" (printf "%ds" (int64 $gateway.shutdown.drainDelaySeconds))) -}}
{{ include "gatehouse.property" (list "gatehouse.drain.timeout" (printf "%ds" (int64 $gateway.shutdown.drainTimeoutSeconds))) -}}
{{ include "gatehouse.property" (list "gatehouse.metrics.max-tenants" $gateway.metrics.maxTenants) -}}
{{ include "gatehouse.property" (list "gatehouse.access-log.enabled" $gateway.accessLog.enabled) -}}
{{ include "gatehouse.property" (list "gatehouse.access-log.query" $gateway.accessLog.query) -}}
{{- if $gateway.traces.endpoint -}}
{{ include "gatehouse.property" (list "gatehouse.traces.endpoint" $gateway.traces.endpoint) -}}
{{ include "gatehouse.property" (list "gatehouse.traces.ratio" $gateway.traces.ratio) -}}
{{ include "gatehouse.property" (list "gatehouse.traces.trust-parent" $gateway.traces.trustParent) -}}
{{- end -}}
{{- if $gateway.tls.enabled -}}
{{ include "gatehouse.property" (list "gatehouse.tls.certificate" "/etc/gatehouse/tls/tls.crt") -}}
{{ include "gatehouse.property" (list "gatehouse.tls.key" "/etc/gatehouse/tls/tls.key") -}}
{{ include "gatehouse.property" (list "gatehouse.tls.port" 8443) -}}
{{- end -}}
{{- with .Values.limits -}}
{{ include "gatehouse.property" (list "gatehouse.limits.default.requests-per-second" .requestsPerSecond) -}}
{{ include "gatehouse.property" (list "gatehouse.limits.default.bytes-per-second" .bytesPerSecond) -}}
{{ include "gatehouse.property" (list "gatehouse.limits.default.concurrent-requests" .concurrentRequests) -}}
{{ include "gatehouse.property" (list "gatehouse.limits.default.open-streams" .openStreams) -}}
{{ include "gatehouse.property" (list "gatehouse.limits.default.body-bytes" .bodyBytes) -}}
{{- end -}}
{{- range $name, $api := .Values.apis -}}
{{ include "gatehouse.gateway.api" (dict "prefix" (printf "gatehouse.apis.%s" $name) "name" $name "api" $api "root" $) }}
{{- end -}}
{{ include "gatehouse.extraProperties" $gateway }}
{{- end }}

{{/* The configuration of one api. */}}
{{- define "gatehouse.gateway.api" -}}
{{- $prefix := .prefix -}}
{{- $catalog := .api.catalog -}}
{{- if hasKey .root.Values.catalogs $catalog }}{{ $catalog = printf "/etc/gatehouse/catalogs/%s.yaml" $catalog }}{{ end -}}
{{ include "gatehouse.property" (list (printf "%s.catalog" $prefix) $catalog) -}}
{{ include "gatehouse.property" (list (printf "%s.upstream" $prefix) .api.upstream) -}}
{{- range $group, $urls := .api.upstreams -}}
{{ include "gatehouse.property" (list (printf "%s.upstreams.%s" $prefix $group) $urls) -}}
{{- end -}}
{{ include "gatehouse.property" (list (printf "%s.http2" $prefix) .api.http2) -}}
{{ include "gatehouse.property" (list (printf "%s.features" $prefix) .api.features) -}}
{{ include "gatehouse.property" (list (printf "%s.tenant-header" $prefix) .api.tenantHeader) -}}
{{ include "gatehouse.property" (list (printf "%s.prometheus-prefix" $prefix) .api.prometheusPrefix) -}}
{{ include "gatehouse.property" (list (printf "%s.tenants" $prefix) .api.tenants) -}}
{{ include "gatehouse.property" (list (printf "%s.federation" $prefix) .api.federation) -}}
{{ include "gatehouse.property" (list (printf "%s.mode" $prefix) .api.mode) -}}
{{ include "gatehouse.property" (list (printf "%s.forward-token" $prefix) .api.forwardToken) -}}
{{ include "gatehouse.property" (list (printf "%s.allow-set-cookie" $prefix) .api.allowSetCookie) -}}
{{- with .api.timeouts -}}
{{ include "gatehouse.property" (list (printf "%s.timeouts.connect" $prefix) .connect) -}}
{{ include "gatehouse.property" (list (printf "%s.timeouts.response" $prefix) .response) -}}
{{ include "gatehouse.property" (list (printf "%s.timeouts.idle" $prefix) .idle) -}}
{{ include "gatehouse.property" (list (printf "%s.timeouts.total" $prefix) .total) -}}
{{- end -}}
{{- $files := printf "/etc/gatehouse/credentials/%s" .name -}}
{{- with .api.credentials -}}
{{ include "gatehouse.property" (list (printf "%s.credentials.username" $prefix) .username) -}}
{{- if .passwordKey -}}
{{ include "gatehouse.property" (list (printf "%s.credentials.password-file" $prefix) (printf "%s/password" $files)) -}}
{{- end -}}
{{- if .bearerTokenKey -}}
{{ include "gatehouse.property" (list (printf "%s.credentials.bearer-token-file" $prefix) (printf "%s/bearer-token" $files)) -}}
{{- end -}}
{{- end -}}
{{- end }}

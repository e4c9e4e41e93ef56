{{/*
How a service reaches its database. What takes a dict takes root and database (tenants or keys). There are two
roles: the service's, and one that owns the tables and migrates them (DDL). Where there is only one, the
service migrates by itself.
*/}}

{{- define "gatehouse.clusterName" -}}
{{ include "gatehouse.fullname" . }}-db
{{- end }}

{{/* CloudNativePG makes this Secret, for the owner of both databases. */}}
{{- define "gatehouse.ownerSecret" -}}
{{ include "gatehouse.clusterName" . }}-app
{{- end }}

{{/* The Secret of the role that the service connects as. Takes a dict. */}}
{{- define "gatehouse.databaseSecret" -}}
{{- $database := index .root.Values.database .database -}}
{{- $owner := ternary (include "gatehouse.ownerSecret" .root) "" .root.Values.database.cloudnativepg.enabled -}}
{{ $database.existingSecret | default $owner }}
{{- end }}

{{/* The Secret of the role that migrates; empty where the service does. Takes a dict. */}}
{{- define "gatehouse.ddlSecret" -}}
{{- $database := index .root.Values.database .database -}}
{{- if $database.ddlSecret -}}
{{ $database.ddlSecret }}
{{- else if and .root.Values.database.cloudnativepg.enabled $database.existingSecret -}}
{{ include "gatehouse.ownerSecret" .root }}
{{- end -}}
{{- end }}

{{/* host:port/name. Takes a dict. */}}
{{- define "gatehouse.databaseAddress" -}}
{{- $values := .root.Values.database -}}
{{- $name := (index $values .database).name -}}
{{- if $values.cloudnativepg.enabled -}}
{{ include "gatehouse.clusterName" .root }}-rw:5432/{{ $name }}
{{- else -}}
{{ $values.external.host }}:{{ $values.external.port }}/{{ $name }}
{{- end -}}
{{- end }}

{{/* Whether the server proves itself by a certificate: "true", or nothing. */}}
{{- define "gatehouse.databaseVerified" -}}
{{- if or .Values.database.cloudnativepg.enabled (eq .Values.database.external.tls "verify-full") }}true{{ end -}}
{{- end }}

{{/* Two drivers reach it: JDBC for migrations, the reactive one for all else. Takes a dict. */}}
{{- define "gatehouse.databaseProperties" -}}
{{- $address := include "gatehouse.databaseAddress" . -}}
{{- $ca := "/etc/gatehouse/database/ca.crt" -}}
{{- $verified := include "gatehouse.databaseVerified" .root -}}
{{- $jdbc := ternary (printf "?sslmode=verify-full&sslrootcert=%s" $ca) "?sslmode=disable" (not (not $verified)) -}}
{{ include "gatehouse.property" (list "quarkus.datasource.reactive.url" (printf "postgresql://%s" $address)) -}}
{{ include "gatehouse.property" (list "quarkus.datasource.jdbc.url" (printf "jdbc:postgresql://%s%s" $address $jdbc)) -}}
{{- if $verified -}}
{{ include "gatehouse.property" (list "quarkus.datasource.reactive.postgresql.ssl-mode" "verify-full") -}}
{{ include "gatehouse.property" (list "quarkus.datasource.reactive.hostname-verification-algorithm" "HTTPS") -}}
{{ include "gatehouse.property" (list "quarkus.datasource.reactive.trust-certificate-pem" true) -}}
{{ include "gatehouse.property" (list "quarkus.datasource.reactive.trust-certificate-pem.certs" $ca) -}}
{{- else -}}
{{ include "gatehouse.property" (list "quarkus.datasource.reactive.postgresql.ssl-mode" "disable") -}}
{{- end -}}
{{ include "gatehouse.property" (list "gatehouse.database.migrations" (ternary "elsewhere" "here" (not (not (include "gatehouse.ddlSecret" .))))) -}}
{{- end }}

{{/* Who the service is to PostgreSQL; who migrates, if migrating. Takes a dict. */}}
{{- define "gatehouse.databaseEnv" -}}
{{- $secret := ternary (include "gatehouse.ddlSecret" .) (include "gatehouse.databaseSecret" .) (not (not .migrating)) -}}
- name: QUARKUS_DATASOURCE_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: username
- name: QUARKUS_DATASOURCE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: password
{{- if .migrating }}
- name: GATEHOUSE_DATABASE_MIGRATIONS
  value: only
- name: GATEHOUSE_DATABASE_GRANT_TO
  value: {{ (index .root.Values.database .database).role | quote }}
{{- end }}
{{- end }}

{{/* The container that migrates before the service starts, under Flyway's lock. Takes a dict, with values. */}}
{{- define "gatehouse.migrations" -}}
{{- if include "gatehouse.ddlSecret" . }}
- name: migrations
  {{- include "gatehouse.container" (merge (dict "migrating" true) .) | nindent 2 }}
{{- end }}
{{- end }}

{{- define "gatehouse.databaseMounts" -}}
{{- if include "gatehouse.databaseVerified" . }}
- name: database-ca
  mountPath: /etc/gatehouse/database
  readOnly: true
{{- end }}
{{- end }}

{{- define "gatehouse.databaseVolumes" -}}
{{- if .Values.database.cloudnativepg.enabled }}
# Of this Secret the certificate alone: the key in it signs the servers'.
- name: database-ca
  secret:
    secretName: {{ include "gatehouse.clusterName" . }}-ca
    items:
      - key: ca.crt
        path: ca.crt
{{- else if include "gatehouse.databaseVerified" . }}
- name: database-ca
  configMap:
    name: {{ .Values.database.external.caConfigMap }}
    items:
      - key: {{ .Values.database.external.caKey }}
        path: ca.crt
{{- end }}
{{- end }}

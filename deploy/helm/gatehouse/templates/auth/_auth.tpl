{{/*
The hook Job makes the Secret with AUTH_API_KEY in the cluster, because a manifest with a random value would be
another one each time that it is rendered, and GitOps tools would rotate the key by themselves.
*/}}
{{- define "gatehouse.bootstrap.metadata" -}}
{{- include "gatehouse.metadata" (dict "root" .root "component" "auth-bootstrap") }}
annotations:
  helm.sh/hook: pre-install,pre-upgrade
  helm.sh/hook-weight: {{ .weight | quote }}
  helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}

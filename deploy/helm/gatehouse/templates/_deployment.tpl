{{/*
The Deployment of a component. Takes root, component, values, and autoscaled. What differs stands in the
component's own folder: gatehouse.<component>.properties, .env, .volumes, .mounts, .ports, .lifecycle
and .initContainers, each of which takes the chart's context.
*/}}
{{- define "gatehouse.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "gatehouse.metadata" . | nindent 2 }}
spec:
  {{- if not .autoscaled }}
  replicas: {{ .values.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  # One more before one less: while a new pod is not ready, nothing is taken away.
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
  selector:
    matchLabels:
      {{- include "gatehouse.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "gatehouse.selectorLabels" . | nindent 8 }}
        {{- with .values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      annotations:
        gatehouse.dev/auth-generation: {{ int64 .root.Values.auth.generation | quote }}
        checksum/config: {{ include (printf "gatehouse.%s.checksum" .component) .root }}
        {{- with .values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      {{- include "gatehouse.podSpec" . | nindent 6 }}
{{- end }}

{{- define "gatehouse.podSpec" -}}
{{- $own := printf "gatehouse.%s" .component -}}
serviceAccountName: {{ include "gatehouse.componentName" . }}
automountServiceAccountToken: false
# Its addresses would become environment variables that are read as configuration.
enableServiceLinks: false
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- include (printf "%s.lifetime" $own) .root | nindent 0 }}
securityContext:
  {{- include "gatehouse.podSecurityContext" . | nindent 2 }}
{{- with include (printf "%s.initContainers" $own) .root | trim }}
initContainers:
  {{- . | nindent 2 }}
{{- end }}
containers:
  - name: {{ .component }}
    {{- include "gatehouse.container" . | nindent 4 }}
    ports:
      - name: http
        containerPort: 8081
      - name: management
        containerPort: 8082
      {{- with include (printf "%s.ports" $own) .root | trim }}
      {{- . | nindent 6 }}
      {{- end }}
    startupProbe:
      {{- include "gatehouse.probe" (dict "path" "/health/started" "period" 1 "failures" 120) | nindent 6 }}
    livenessProbe:
      {{- include "gatehouse.probe" (dict "path" "/health/live" "period" 10 "failures" 6) | nindent 6 }}
    readinessProbe:
      {{- include "gatehouse.probe" (dict "path" "/health/ready" "period" 2 "failures" 2) | nindent 6 }}
    lifecycle:
      preStop:
        sleep:
          seconds: {{ include (printf "%s.preStopSeconds" $own) .root }}
volumes:
  - name: tmp
    emptyDir:
      sizeLimit: 256Mi
  - name: config
    configMap:
      name: {{ include "gatehouse.componentName" . }}
  {{- with include (printf "%s.volumes" $own) .root | trim }}
  {{- . | nindent 2 }}
  {{- end }}
{{- with include "gatehouse.placement" . | trim }}
{{- . | nindent 0 }}
{{- end }}
{{- end }}

{{/* What a container of a service has in common with the one that migrates for it. */}}
{{- define "gatehouse.container" -}}
{{- $own := printf "gatehouse.%s" .component -}}
image: {{ include (printf "%s.image" $own) .root | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  {{- include "gatehouse.containerSecurityContext" . | nindent 2 }}
env:
  {{- /* Who only migrates calls nobody. */}}
  {{- if not .migrating }}
  {{- include "gatehouse.authEnv" .root | nindent 2 }}
  {{- end }}
  {{- with .values.jvmOptions }}
  - name: JAVA_TOOL_OPTIONS
    value: {{ . | quote }}
  {{- end }}
  {{- with include (printf "%s.env" $own) . | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- with .values.extraEnv }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
resources:
  {{- toYaml .values.resources | nindent 2 }}
volumeMounts:
  - name: tmp
    mountPath: /tmp
  - name: config
    mountPath: /opt/gatehouse/config
    readOnly: true
  {{- with include (printf "%s.mounts" $own) .root | trim }}
  {{- . | nindent 2 }}
  {{- end }}
{{- end }}

{{/* The key that the services share. The second is there during a rotation only. */}}
{{- define "gatehouse.authEnv" -}}
- name: AUTH_API_KEY
  valueFrom:
    secretKeyRef:
      name: {{ include "gatehouse.authSecret" . }}
      key: AUTH_API_KEY
- name: AUTH_API_KEY_PREVIOUS
  valueFrom:
    secretKeyRef:
      {{- if .Values.auth.previousSecret }}
      name: {{ .Values.auth.previousSecret }}
      key: AUTH_API_KEY
      {{- else }}
      name: {{ include "gatehouse.authSecret" . }}
      key: AUTH_API_KEY_PREVIOUS
      optional: true
      {{- end }}
{{- end }}

{{- define "gatehouse.probe" -}}
httpGet:
  path: {{ .path }}
  port: management
periodSeconds: {{ .period }}
timeoutSeconds: 3
failureThreshold: {{ .failures }}
{{- end }}

{{- define "gatehouse.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "gatehouse.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/* On which nodes the pods of a component run. */}}
{{- define "gatehouse.placement" -}}
{{- $context := . -}}
{{- if .values.topologySpread.enabled }}
topologySpreadConstraints:
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - topologyKey: {{ . }}
    maxSkew: 1
    whenUnsatisfiable: {{ $context.values.topologySpread.whenUnsatisfiable }}
    labelSelector:
      matchLabels:
        {{- include "gatehouse.selectorLabels" $context | nindent 8 }}
    # Only pods of the same version count, so that a rolling update ends spread out too.
    matchLabelKeys: [pod-template-hash]
  {{- end }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

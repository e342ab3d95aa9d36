{{/* Cut to what a name may be long, with room for -migrate and -worker. */}}
{{- define "orgmirror.name" -}}
{{- if contains "orgmirror" .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}{{ printf "%s-orgmirror" .Release.Name | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "orgmirror.selector" -}}
app.kubernetes.io/name: orgmirror
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "orgmirror.labels" -}}
{{ include "orgmirror.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{/* What every pod has, whatever it does: no rights, no token, nothing writable but /tmp and /data. */}}
{{- define "orgmirror.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
  - name: tmp
    emptyDir: {}
  - name: data
    emptyDir: {}
  - name: secrets
    secret:
      secretName: {{ .Values.existingSecret }}
      defaultMode: 0440
{{- end }}

{{- define "orgmirror.container" -}}
image: {{ printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
volumeMounts:
  - name: tmp
    mountPath: /tmp
  - name: data
    mountPath: /data
  - name: secrets
    mountPath: /run/secrets/orgmirror
    readOnly: true
{{- end }}

{{- define "orgmirror.env" -}}
- name: APP_SECRET_FILE
  value: /run/secrets/orgmirror/app-secret
- name: DATABASE_URL_FILE
  value: /run/secrets/orgmirror/database-url
- name: LOG_LEVEL
  value: {{ .Values.logLevel }}
{{- if .Values.secretKeys.formerAppSecret }}
- name: FORMER_APP_SECRET_FILE
  value: /run/secrets/orgmirror/former-app-secret
{{- end }}
{{- if .Values.secretKeys.wecomProxyUrl }}
- name: WECOM_PROXY_URL_FILE
  value: /run/secrets/orgmirror/wecom-proxy-url
{{- end }}
{{- if .Values.secretKeys.otlpHeaders }}
- name: OTEL_EXPORTER_OTLP_HEADERS_FILE
  value: /run/secrets/orgmirror/otlp-headers
{{- end }}
{{- if .Values.publicUrl }}
- name: PUBLIC_URL
  value: {{ .Values.publicUrl | quote }}
{{- end }}
- name: TRUST_PROXY
  value: {{ .Values.trustProxy | quote }}
{{- if .Values.adminUsername }}
- name: ADMIN_USERNAME
  value: {{ .Values.adminUsername | quote }}
- name: ADMIN_PASSWORD_FILE
  value: /run/secrets/orgmirror/admin-password
{{- end }}
{{- range $name, $value := .Values.env }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

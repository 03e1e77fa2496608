{{- define "stowage.name" -}}
{{- if contains "stowage" .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-stowage" (.Release.Name | trunc 42 | trimSuffix "-") }}{{ end }}
{{- end }}

{{- define "stowage.selector" -}}
app.kubernetes.io/name: stowage
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "stowage.labels" -}}
{{ include "stowage.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
{{- end }}

{{- define "stowage.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "stowage.several" -}}
{{- if or .Values.autoscaling.enabled (gt (int .Values.replicas) 1) }}true{{ end }}
{{- end }}

{{- define "stowage.scheme" -}}
{{- if .Values.settings.TLS_CERT_FILE }}HTTPS{{ else }}HTTP{{ end }}
{{- end }}

{{- define "stowage.check" -}}
{{- $settings := .Values.settings }}
{{- range $name, $value := $settings }}
{{- if regexMatch "(PASSWORD|PASSPHRASE|SECRET|SECRET_ACCESS_KEY|ACCOUNT_KEY|OTLP_([A-Z]+_)?HEADERS)$" $name }}
{{- fail (printf "settings.%s: name a Secret in secrets.%s instead; settings are not secret" $name $name) }}
{{- end }}
{{- end }}
{{- if regexMatch "//[^/@]*:[^/@]*@" (toString ($settings.DATABASE_URL | default "")) }}
{{- fail "settings.DATABASE_URL contains a password; name a Secret in secrets.DATABASE_PASSWORD, or in secrets.DATABASE_URL, instead" }}
{{- end }}
{{- if include "stowage.several" . }}
{{- if .Values.persistence.enabled }}{{ fail "several nodes can't share the volume; set persistence.enabled to false, and name a database and an S3 store" }}{{ end }}
{{- if not (or $settings.DATABASE_URL (hasKey .Values.secrets "DATABASE_URL")) }}{{ fail "several nodes need settings.DATABASE_URL" }}{{ end }}
{{- end }}
{{- if and .Values.ingress.s3Hosts (not $settings.S3_API_PORT) }}
{{- fail "ingress.s3Hosts need settings.S3_API_PORT" }}
{{- end }}
{{- if and (not .Values.persistence.enabled) (not (or $settings.S3_BUCKET_NAME $settings.STORAGE_ADAPTER)) }}
{{- fail "without persistence, files would be lost with the pod; set settings.S3_BUCKET_NAME" }}
{{- end }}
{{- end }}

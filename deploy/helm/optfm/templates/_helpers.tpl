{{- define "optfm.image" -}}
{{- $image := index .root.Values.images .image -}}
{{ $image.repository }}:{{ $image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{- define "optfm.labels" -}}
app.kubernetes.io/name: optfm
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end }}

{{/* What every program is told of its place; all else stands in the secret. */}}
{{- define "optfm.environment" -}}
- {name: RASA_URL, value: "http://{{ .Release.Name }}-rasa:5005"}
- {name: ACTIONS_URL, value: "http://{{ .Release.Name }}-actions:5055"}
- {name: API_URL, value: "http://{{ .Release.Name }}-api:8000"}
- {name: RASA_PORT, value: "5005"}
- {name: ACTIONS_PORT, value: "5055"}
- {name: DESK_HOST, value: 0.0.0.0}
- {name: DESK_PORT, value: "8000"}
- {name: WORKER_HOST, value: 0.0.0.0}
- {name: OPTFM_VAR, value: /var/lib/optfm}
- {name: OPTFM_LOGS, value: /var/log/optfm}
- {name: OPTFM_BACKUPS, value: /var/backups/optfm}
- {name: TRUSTED_PROXIES, value: "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fd00::/8"}
{{- end }}

{{- define "optfm.mounts" -}}
- {name: settings, mountPath: /run/optfm, readOnly: true}
- {name: var, mountPath: /var/lib/optfm}
- {name: logs, mountPath: /var/log/optfm}
- {name: tmp, mountPath: /tmp}
{{- end }}

{{- define "optfm.volumes" -}}
- name: settings
  secret:
    secretName: {{ .Values.secret.name }}
    items: [{key: {{ .Values.secret.key }}, path: env}]
    defaultMode: 0440
- {name: logs, emptyDir: {sizeLimit: 2Gi}}
- {name: tmp, emptyDir: {sizeLimit: 512Mi}}
{{- end }}

{{- define "optfm.pod" -}}
serviceAccountName: {{ .Release.Name }}
automountServiceAccountToken: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{ toJson . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{ toJson . }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{ toJson . }}
{{- end }}
{{- end }}

{{- define "optfm.fence" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end }}

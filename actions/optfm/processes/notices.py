"""What is said where no notice of a request goes to anybody."""

#: Said by the doctor and, loudly, at the start.
NOBODY_IS_TOLD = (
    "не настроены: о новой заявке никто не узнает сам (смотрите optfm requests list); "
    "задайте TELEGRAM_MANAGERS_CHAT, NOTIFY_EMAIL или CRM_KIND"
)

"""The toy bot's actions, on a real rasa-sdk server."""

from rasa_sdk import Action, FormValidationAction


class Price(Action):
    def name(self):
        return "action_price"

    def run(self, dispatcher, tracker, domain):
        text = tracker.latest_message["text"]
        if "сломай" in text:
            raise RuntimeError("broken on purpose")
        dispatcher.utter_message(
            text=f"{text} — 1 234 ₽",
            buttons=[{"title": "ещё", "payload": "/ask_hours"}],
            json_message={"rows": [{"code": "УТ-1"}]},
        )
        return []


class Form(FormValidationAction):
    def name(self):
        return "validate_request_form"

    async def extract_phone(self, dispatcher, tracker, domain):
        if tracker.slots.get("requested_slot") != "phone":
            return {}
        return {"phone": tracker.latest_message["text"]}

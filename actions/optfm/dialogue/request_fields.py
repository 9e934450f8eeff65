"""The slots of the request form."""

#: In the order in which they are asked.
FIELDS = ("consent", "name", "phone", "email", "about", "town", "confirm")
#: Of them what is of the person rather than of the request.
CONTACTS = ("name", "phone", "email", "town")
#: What is told beside them: wishes about calls.
REMARKS = "remarks"
#: What Rasa sets for the slot that is being asked for.
ASKED = "requested_slot"
#: Answers in a row that did not fit.
BAD = "bad_answers"
#: After so many of them ways out are offered; at the next one we take them.
PATIENCE = 3
#: A field that the customer passed over.
SKIPPED = ""
#: The last request of the dialog, {"id", "at"}: what is said of it later goes to it.
SENT = "request_sent"

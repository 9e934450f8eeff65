"""Other people's clients find in our stand-ins the systems that they know."""

from amocrm_api import AmoOAuthClient
from fast_bitrix24 import Bitrix

from tests.peers.crm import Account, Portal, serving


def test_a_bitrix24_client_adds_a_lead_to_the_portal():
    """The public client's own way to call a method."""
    with serving(Portal()) as portal:
        assert isinstance(portal, Portal)
        client = Bitrix(f"{portal.url}/rest/1/secret/", verbose=False)
        fields = {"TITLE": "Заявка", "PHONE": [{"VALUE": "+79100000000", "VALUE_TYPE": "WORK"}]}
        added = client.call("crm.lead.add", {"fields": fields}, raw=True)
        assert portal.leads[added["result"]]["TITLE"] == "Заявка"


def test_an_amocrm_client_adds_a_lead_with_its_contact_to_the_account():
    """The public client's own way to make a complex lead."""
    with serving(Account()) as account:
        assert isinstance(account, Account)
        client = AmoOAuthClient("token", "refresh", account.url, "id", "secret", account.url)
        phone = {"value": "+79100000000", "enum_code": "WORK"}
        contact = {
            "first_name": "Анна",
            "custom_fields_values": [{"field_code": "PHONE", "values": [phone]}],
        }
        lead = {"name": "Заявка", "request_id": "1", "_embedded": {"contacts": [contact]}}
        client.create_leads_complex([lead])
        assert [lead["name"] for lead in account.leads.values()] == ["Заявка"]

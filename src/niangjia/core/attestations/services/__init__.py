"""Writing facts. Outside this room everything is reached from here."""

from niangjia.core.attestations.services.desk import Opened, decide, open_request, request_by_document
from niangjia.core.attestations.services.employment import claim_employer, declare_left
from niangjia.core.attestations.services.identity import finish_identity, id_index, start_identity
from niangjia.core.attestations.services.in_person import ask_for_code, verify_in_person
from niangjia.core.attestations.services.pledges import declare_no_longer_single, sign_pledge
from niangjia.core.attestations.services.standing import attest, end_employment, fall, take_back

__all__ = [
    "Opened",
    "ask_for_code",
    "attest",
    "claim_employer",
    "decide",
    "declare_left",
    "declare_no_longer_single",
    "end_employment",
    "fall",
    "finish_identity",
    "id_index",
    "open_request",
    "request_by_document",
    "sign_pledge",
    "start_identity",
    "take_back",
    "verify_in_person",
]

"""Who is on the document: the name as it is shown, and the number a person is known by."""

from collections.abc import Mapping

from pos_client.model.declaration import DocumentDeclaration
from pos_client.model.field import Field, FieldName
from pos_client.model.mask import mask_name, mask_tail


def value(fields: Mapping[FieldName, Field], name: str) -> str:
    """Return the value of a field, empty where there is none."""
    field = fields.get(FieldName(name))
    return field.value.reveal() if field else ""


def name(fields: Mapping[FieldName, Field]) -> str:
    """Return the holder's name; in machine-readable documents the surname comes first."""
    whole = value(fields, "name")
    return whole or " ".join(
        part for part in (value(fields, "surname"), value(fields, "given_names")) if part
    )


def masked_name(fields: Mapping[FieldName, Field]) -> str:
    """Return the name as it may stand in lists and on receipts."""
    return mask_name(name(fields))


def number(fields: Mapping[FieldName, Field], declaration: DocumentDeclaration) -> str:
    """Return the document's number by which its holder is recognised again."""
    return value(fields, declaration.compare_key)


def recognised_by(fields: Mapping[FieldName, Field], declaration: DocumentDeclaration) -> str:
    """Return what one person is counted by: numbers of passports are unique in their state only."""
    own = number(fields, declaration)[: declaration.compare_chars]
    return f"{value(fields, 'issuing_state')}{own}" if own else ""


def masked_number(fields: Mapping[FieldName, Field], declaration: DocumentDeclaration) -> str:
    """Return the number with as much of it shown as the declaration allows."""
    head, tail = declaration.mask
    return mask_tail(number(fields, declaration), head, tail)

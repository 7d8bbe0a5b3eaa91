"""Declarations of documents: those we ship load, and a wrong one says where it is wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pos_client import resources
from pos_client.documents import (
    DeclarationWrong,
    check_file,
    known_kinds,
    load_document,
    load_documents,
)
from pos_client.model.document import DocumentKind, Side

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHIPPED = resources.folder("documents")


def shipped(code: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((SHIPPED / f"{code}.json").read_text(encoding="utf-8"))
    return data


def load(data: object, folder: Path) -> DeclarationWrong | None:
    file = folder / "one.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    try:
        load_document(file)
    except DeclarationWrong as problem:
        return problem
    return None


def test_every_shipped_kind_loads_under_its_own_name() -> None:
    declarations = load_documents(SHIPPED)
    assert [each.code for each in declarations] == sorted(
        file.stem for file in SHIPPED.glob("*.json")
    )
    assert {"cn.resident_id.2", "xx.passport"} <= {each.code for each in declarations}


def test_the_resident_card_has_two_sides_with_their_fields() -> None:
    card = load_document(SHIPPED / "cn.resident_id.2.json")
    assert card.code == DocumentKind("cn.resident_id.2")
    portrait, emblem = card.side(Side.PORTRAIT), card.side(Side.EMBLEM)
    assert portrait is not None
    assert emblem is not None
    assert [field.name for field in portrait.fields] == (
        "name sex ethnicity birth_date address id_number".split()
    )
    assert [field.name for field in emblem.fields] == "authority valid_from valid_until".split()
    assert len(next(f for f in portrait.fields if f.name == "ethnicity").values) == 56


def spoil_key(card: dict[str, Any]) -> None:
    card["colour"] = "blue"


def spoil_deep_key(card: dict[str, Any]) -> None:
    card["sides"][0]["fields"][1]["bx"] = [1, 2, 3, 4]


def spoil_type(card: dict[str, Any]) -> None:
    card["sides"][0]["fields"][0]["type"] = "poem"


def spoil_box(card: dict[str, Any]) -> None:
    card["sides"][0]["anchors"][0]["box"] = [80, 10, 20, 2]


def spoil_numbers(card: dict[str, Any]) -> None:
    card["sides"][0]["fields"][0]["box"] = [1, 2, "wide", 4]


def spoil_missing(card: dict[str, Any]) -> None:
    del card["title"]["zh_CN"]


def spoil_compare_key(card: dict[str, Any]) -> None:
    card["compare_key"] = "shoe_size"


def spoil_values(card: dict[str, Any]) -> None:
    del card["sides"][0]["fields"][1]["values"]


@pytest.mark.parametrize(
    ("spoil", "where", "message"),
    [
        (spoil_key, "top", "unknown key 'colour'"),
        (spoil_deep_key, "sides[0].fields[1]", "unknown key 'bx'"),
        (spoil_type, "sides[0].fields[0].type", "'poem' is none of"),
        (spoil_box, "sides[0].anchors[0].box", "does not lie on the document"),
        (spoil_numbers, "sides[0].fields[0].box[2]", "a number is expected"),
        (spoil_missing, "title", "the key 'zh_CN' is missing"),
        (spoil_compare_key, "compare_key", "no side has a field 'shoe_size'"),
        (spoil_values, "sides[0].fields[1]", "an enum, and only an enum, has values"),
    ],
)
def test_a_wrong_declaration_is_refused_with_its_place(
    spoil: Callable[[dict[str, Any]], None], where: str, message: str, tmp_path: Path
) -> None:
    card = shipped("cn.resident_id.2")
    spoil(card)
    problem = load(card, tmp_path)
    assert problem is not None
    assert problem.values["where"] == where
    assert message in str(problem.values["message"])


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"card"'])
def test_a_file_that_is_no_declaration_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationWrong):
        load_document(file)


def test_two_files_may_not_have_the_same_code(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(json.dumps(shipped("xx.passport")), encoding="utf-8")
    with pytest.raises(DeclarationWrong) as caught:
        load_documents(tmp_path)
    assert "no two files" in str(caught.value.values["message"])


def test_everything_that_is_wrong_is_said_at_once_with_what_would_be_right(tmp_path: Path) -> None:
    card = shipped("cn.resident_id.2")
    spoil_key(card)
    spoil_type(card)
    spoil_box(card)
    card["sides"][1]["fields"][0]["titel"] = card["sides"][1]["fields"][0].pop("title")
    card["checks"].append("NUM2")
    file = tmp_path / "many.json"
    file.write_text(json.dumps(card), encoding="utf-8")
    # An unknown key on top hides nothing else once it is gone.
    assert [each.where for each in check_file(file)] == ["top"]
    del card["colour"]
    file.write_text(json.dumps(card), encoding="utf-8")
    said = {each.where: each for each in check_file(file)}
    assert set(said) == {
        "sides[0].fields[0].type",
        "sides[0].anchors[0].box",
        "sides[1].fields[0]",
        "checks[9]",
    }
    assert "85.6 × 54.0 mm" in said["sides[0].anchors[0].box"].right
    assert "NUM02" in said["checks[9]"].right
    assert str(said["checks[9]"]).startswith(f"{file}: checks[9]: 'NUM2'")


def test_a_slip_of_the_pen_is_answered_with_the_word_that_was_meant(tmp_path: Path) -> None:
    card = shipped("cn.resident_id.2")
    card["sides"][0]["fields"][1]["bx"] = card["sides"][0]["fields"][1].pop("box")
    file = tmp_path / "slip.json"
    file.write_text(json.dumps(card), encoding="utf-8")
    (slip,) = check_file(file)
    assert (slip.where, slip.right) == ("sides[0].fields[1]", "did you mean 'box'?")


def test_broken_json_is_shown_by_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "broken.json"
    file.write_text('{\n  "code": "a.b",\n  "title" 1\n}', encoding="utf-8")
    (broken,) = check_file(file)
    assert broken.where == "line 3, column 11"


@pytest.mark.parametrize(
    ("change", "where", "message"),
    [
        ({"pattern": "["}, "pattern", "no regular expression"),
        ({"scheme": "cn_id81"}, "scheme", "is none of"),
        ({"order": "dmy"}, "order", "only dates"),
        ({"scheme": None, "pattern": None}, "", "nothing says"),
    ],
)
def test_a_number_field_says_what_its_number_is(
    change: dict[str, Any], where: str, message: str, tmp_path: Path
) -> None:
    card = shipped("cn.resident_id.2")
    field = card["sides"][0]["fields"][5] | {"type": "number", "scheme": "cn_id18"} | change
    card["sides"][0]["fields"][5] = {k: v for k, v in field.items() if v is not None}
    problem = load(card, tmp_path)
    assert problem is not None
    assert problem.values["where"] == f"sides[0].fields[5].{where}".rstrip(".")
    assert message in str(problem.values["message"])


def test_a_shop_adds_its_own_kinds_beside_the_shipped_ones(tmp_path: Path) -> None:
    card = shipped("cn.resident_id.2") | {"code": "fd.voter_card"}
    (tmp_path / "fd.json").write_text(json.dumps(card), encoding="utf-8")
    assert known_kinds(str(tmp_path))[-1].code == DocumentKind("fd.voter_card")
    assert len(known_kinds(str(tmp_path))) == len(known_kinds()) + 1
    (tmp_path / "fd.json").write_text(json.dumps(shipped("xx.passport")), encoding="utf-8")
    with pytest.raises(DeclarationWrong):
        known_kinds(str(tmp_path))
    with pytest.raises(DeclarationWrong):
        known_kinds(str(tmp_path / "nowhere"))

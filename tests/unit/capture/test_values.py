"""Names and addresses: nothing that stands on the card is left out unnoticed."""

from __future__ import annotations

import numpy as np

from pos_client.capture.anchors import Kind
from pos_client.capture.page import Page
from pos_client.capture.values import Value, decode
from pos_client.documents import load_documents
from pos_client.model.document import Side
from pos_client.model.field import SURE
from pos_client.resources import folder
from tests.fakes.cameras import ID_CARD
from tests.fakes.text_engine import ScriptedEngine, box, seen

CARD = next(each for each in load_documents(folder("documents")) if each.code == ID_CARD)
PORTRAIT = CARD.side(Side.PORTRAIT)
FIRST_ROW, SECOND_ROW = box(218, 417, 708, 477), box(226, 490, 554, 550)


def read(field: str, engine: ScriptedEngine) -> Value:
    assert PORTRAIT is not None
    page = Page(engine, np.full((810, 1284, 3), 220, np.uint8), Kind(CARD, PORTRAIT))
    value = decode(page, next(each for each in PORTRAIT.fields if each.name == field))
    assert value is not None
    return value


def test_a_lone_figure_on_the_last_line_belongs_to_the_address() -> None:
    rows = {
        FIRST_ROW: seen("样本省样本市样本区样本"),
        SECOND_ROW: seen("大街727号B座177"),
        box(225, 565, 253, 600): seen("4"),
    }
    assert read("address", ScriptedEngine(rows, seen("_"))).text.endswith("B座1774")


def test_a_lone_character_on_the_last_line_belongs_to_the_address_too() -> None:
    lone = box(225, 500, 262, 540)
    rows = {FIRST_ROW: seen("样本省样本市样本路五十"), lone: seen("号")}
    assert read("address", ScriptedEngine(rows, seen("_"))).text.endswith("五十号")


def test_small_print_below_that_is_left_out_leaves_a_doubt() -> None:
    rows = {
        FIRST_ROW: seen("样本省样本市样本区样本"),
        SECOND_ROW: seen("大街727号B座177"),
        box(225, 565, 500, 600): seen("样本样本样本"),
    }
    address = read("address", ScriptedEngine(rows, seen("_")))
    assert address.text.endswith("B座177")
    assert address.confidence < SURE


def test_a_mark_that_stands_in_no_address_is_what_else_was_seen_there() -> None:
    rows = {
        FIRST_ROW: seen("样本省样本市样本区样本"),
        SECOND_ROW: seen("样本乡16组？0号", {"？": "7"}),
    }
    address = read("address", ScriptedEngine(rows, seen("_")))
    assert address.text.endswith("16组70号")
    assert address.confidence < SURE


def test_a_letter_beside_digits_that_looks_like_one_is_one() -> None:
    rows = {FIRST_ROW: seen("样本省样本市样本区样本"), SECOND_ROW: seen("O区lO6号D座78O")}
    assert read("address", ScriptedEngine(rows, seen("_"))).text.endswith("样本O区106号D座780")


def test_a_character_that_was_nearly_seen_leaves_a_doubt() -> None:
    whole = {FIRST_ROW: seen("样本省样本市样本区样本"), SECOND_ROW: seen("样本路2号3室")}
    assert read("address", ScriptedEngine(whole, seen("_"))).confidence > SURE
    faint = seen("样本路2号3_", {"_": "-"})
    rows = whole | {SECOND_ROW: faint}
    address = read("address", ScriptedEngine(rows, seen("_")))
    assert address.text.endswith("2号3")
    assert address.confidence < SURE


def test_a_row_that_a_reflection_broke_is_read_again_as_a_whole() -> None:
    rows = {
        box(218, 417, 420, 477): seen("样本省样"),
        box(560, 417, 708, 477): seen("样本路"),
    }
    address = read("address", ScriptedEngine(rows, seen("样本省样本市样本路")))
    assert address.text == "样本省样本市样本路"
    assert address.confidence < SURE


def test_a_long_name_with_room_for_a_dot_has_one_and_is_left_to_a_person() -> None:
    rows = {box(218, 130, 560, 190): seen("卡德尔_扎西"), FIRST_ROW: seen("样本省样本市")}
    name = read("name", ScriptedEngine(rows, seen("_")))
    assert name.text == "卡德尔·扎西"
    assert name.confidence < SURE


def test_the_rest_of_a_pale_caption_before_a_value_is_no_hole_in_it() -> None:
    # Both boxes hold room for a character before the first; one begins where values do.
    row = FIRST_ROW, seen("样本省样本市")
    in_place = ScriptedEngine(dict([(box(185, 130, 330, 190), seen("_样本")), row]), seen("_"))
    assert read("name", in_place).confidence > SURE
    late = ScriptedEngine(dict([(box(225, 130, 370, 190), seen("_样本")), row]), seen("_"))
    assert read("name", late).confidence < SURE


def test_what_stands_in_place_of_a_caption_is_no_part_of_the_value() -> None:
    # A caption that was misread stands as close before the value as one of its characters would.
    misread = box(375, 232, 545, 292)
    rows = {misread: seen("样木汉"), FIRST_ROW: seen("样本省样本市")}
    assert read("ethnicity", ScriptedEngine(rows, seen("_"))).text == "汉"


OTHER_ROW = {box(218, 130, 370, 190): seen("样本")}
FULL_ROW = box(226, 490, 700, 550)


def test_what_is_half_seen_below_an_address_leaves_a_doubt() -> None:
    begun = "样本省样本市样本区样本"
    open_end = {FIRST_ROW: seen(begun), FULL_ROW: seen("样本街道样本社区样本路")}
    assert read("address", ScriptedEngine(open_end, seen("六号" + "_" * 9))).text.endswith("路六号")
    assert read("address", ScriptedEngine(open_end, seen("_"))).confidence > SURE
    ended = {FIRST_ROW: seen(begun), FULL_ROW: seen("样本街道样本社区五十号")}
    lone = read("address", ScriptedEngine(ended, seen("中" + "_" * 9)))
    assert lone.text.endswith("五十号")
    assert lone.confidence < SURE


def test_a_row_that_ends_too_soon_may_have_lost_the_dash_at_its_end() -> None:
    def written(row: str, width: int) -> Value:
        rows = {
            FIRST_ROW: seen("样本省样本市样本区样本"),
            box(226, 490, 226 + width, 550): seen(row),
            box(225, 565, 325, 600): seen("7-3"),
        }
        return read("address", ScriptedEngine(rows, seen("_")))

    whole, lost = written("样本乡样本路38栋1-", 430), written("样本乡样本路38栋1", 400)
    assert whole.text.endswith("38栋1-7-3")
    assert lost.text.endswith("38栋17-3")
    assert whole.confidence > SURE > lost.confidence


def test_a_clear_row_in_a_tight_box_above_a_wide_one_is_a_part_of_the_address() -> None:
    rows = {
        box(218, 430, 708, 470): seen("样本省样本市样本区样本"),
        box(202, 484, 357, 546): seen("附18号"),
    }
    address = read("address", ScriptedEngine(rows, seen("_")))
    assert address.text == "样本省样本市样本区样本附18号"
    assert address.confidence > SURE


def test_an_address_without_its_first_row_or_one_between_leaves_a_doubt() -> None:
    first, second = seen("样本省样本市样本区样本"), seen("样本路2号3室")
    no_first = {SECOND_ROW: second, box(218, 130, 370, 190): seen("样本")}
    assert read("address", ScriptedEngine(no_first, seen("_"))).confidence < SURE
    third = box(226, 555, 554, 615)
    no_second = {FIRST_ROW: first, third: second}
    assert read("address", ScriptedEngine(no_second, seen("_"))).confidence < SURE


def test_a_dash_in_a_name_is_a_flat_character_and_leaves_a_doubt() -> None:
    rows = {box(225, 130, 320, 190): seen("汤—"), FIRST_ROW: seen("样本省样本市")}
    name = read("name", ScriptedEngine(rows, seen("_")))
    assert name.text == "汤一"
    assert name.confidence < SURE


def test_a_row_of_another_language_above_an_address_is_no_part_of_it() -> None:
    rows = {
        FIRST_ROW: seen("GvangjsihNanzningzSi"),
        SECOND_ROW: seen("样本省样本市8号"),
    }
    address = read("address", ScriptedEngine(rows, seen("_")))
    assert address.text == "样本省样本市8号"


def test_letters_below_an_address_that_has_ended_are_the_pattern_of_the_ground() -> None:
    ended = {
        FIRST_ROW: seen("样本省样本市样本区样本"),
        FULL_ROW: seen("样本街道样本社区五十号"),
    }
    address = read("address", ScriptedEngine(ended, seen("XSK" + "_" * 8)))
    assert address.text.endswith("五十号")
    assert address.confidence < SURE


def test_a_value_right_behind_print_that_is_no_caption_may_have_lost_its_head() -> None:
    behind_caption = box(105, 417, 708, 477)
    misread = {behind_caption: seen("住垃样本省样本市样本区样本")}
    assert read("address", ScriptedEngine(misread | OTHER_ROW, seen("_"))).confidence > SURE
    something = {behind_caption: seen("大小样本省样本市样本区样本")}
    assert read("address", ScriptedEngine(something | OTHER_ROW, seen("_"))).confidence < SURE


def test_a_word_of_which_nothing_was_read_is_not_offered() -> None:
    rows = {box(225, 232, 290, 290): seen("性别"), FIRST_ROW: seen("样本省样本市")}
    sex = read("sex", ScriptedEngine(rows, seen("_")))
    assert (sex.text, sex.confidence) == ("", 0.0)

"""A small policy pack, document list and wordings for window tests."""

from __future__ import annotations

from typing import Final

from pos_client.model.declaration import DocumentDeclaration, FieldDeclaration, SideDeclaration
from pos_client.model.document import DocumentKind, Side
from pos_client.model.field import FieldName, Source
from pos_client.model.policy import Notice, OfflineLimits, PolicyPack
from pos_client.model.registration import FlowKind
from pos_client.model.rules import Severity

RESIDENT_ID: Final = DocumentKind("cn.resident_id.2")
PASSPORT: Final = DocumentKind("xx.passport")

WORDINGS: Final = {
    "CAP01": {"en": "Move the card closer", "zh_CN": "请将证件靠近一点"},
    "CAP05": {
        "en": "Reflection on the card. Tilt it slightly",
        "zh_CN": "证件反光，请稍微倾斜",
    },
    "CAP08": {"en": "Hold still", "zh_CN": "请保持不动"},
    "CAP13": {
        "en": "Still not sharp after 12 seconds. Press Space to take it now, or F4 to type",
        "zh_CN": "12 秒仍未清晰，按空格手动拍摄，或按 F4 手工录入",
    },
    "QTA02": {
        "en": "Offline: the number limit will be checked later. The line may be refused",
        "zh_CN": "离线办理：号码数量稍后核验，可能不予开通",
    },
    "DEV01": {
        "en": "Camera not found. Plug it in; it is found by itself",
        "zh_CN": "未找到摄像头，请插入，系统会自动识别",
    },
    "DEV06": {
        "en": "Camera unplugged. Plug it in again; everything so far is kept",
        "zh_CN": "摄像头已断开，请重新插入，已录入的内容都已保留",
    },
    "CAP18": {
        "en": "The bar code is not read yet. Use the hand scanner, or type the digits",
        "zh_CN": "条码仍未识别，请用扫描枪扫描，或手工输入号码",
    },
    "CHK01": {"en": "Compare this with the card", "zh_CN": "请与证件核对"},
    "NUM01": {
        "en": "The ID number must have 18 characters. {n} found",
        "zh_CN": "身份证号码应为 18 位，当前 {n} 位",
    },
    "NUM02": {
        "en": "The ID number has a wrong digit. Compare it with the card",
        "zh_CN": "身份证号码校验不通过，请与证件核对",
    },
    "SYN01": {
        "en": "Saved on this device. It will be sent when the network is back",
        "zh_CN": "已保存到本机，联网后自动上传",
    },
}


def _field(
    name: str, kind: str, en: str, zh: str, *, lines: int = 1, box: bool = True
) -> FieldDeclaration:
    return FieldDeclaration(
        name=FieldName(name),
        type=kind,
        title={"en": en, "zh_CN": zh},
        box=(10.0, 10.0, 40.0, 4.0) if box else None,
        lines=lines,
    )


def documents() -> tuple[DocumentDeclaration, ...]:
    """Return a resident identity card and a passport, most usual first."""
    portrait = SideDeclaration(
        Side.PORTRAIT,
        {"en": "Portrait side", "zh_CN": "人像面"},
        (),
        (
            _field("name", "person_name_zh", "Name", "姓名"),
            _field("sex", "enum", "Sex", "性别"),
            _field("ethnicity", "enum", "Ethnicity", "民族"),
            _field("birth_date", "date", "Birth date", "出生"),
            _field("address", "text_zh", "Address", "住址", lines=3),
            _field("id_number", "cn_id18", "ID number", "公民身份号码"),
        ),
    )
    emblem = SideDeclaration(
        Side.EMBLEM,
        {"en": "Emblem side", "zh_CN": "国徽面"},
        (),
        (
            _field("authority", "text_zh", "Issued by", "签发机关"),
            _field("valid_from", "date", "Valid from", "有效期起"),
            _field("valid_until", "date", "Valid until", "有效期止"),
        ),
    )
    data = SideDeclaration(
        Side.DATA,
        {"en": "Data page", "zh_CN": "资料页"},
        (),
        (
            _field("surname", "name", "Surname", "姓", box=False),
            _field("given_names", "name", "Given names", "名", box=False),
            _field("document_number", "text", "Passport number", "护照号码", box=False),
            _field("birth_date", "date", "Birth date", "出生日期", box=False),
            _field("valid_until", "date", "Valid until", "有效期至", box=False),
        ),
    )
    return (
        DocumentDeclaration(
            code=RESIDENT_ID,
            title={"en": "Resident identity card", "zh_CN": "居民身份证"},
            width_mm=85.6,
            height_mm=54.0,
            mrz=None,
            sides=(portrait, emblem),
            checks=("NUM01", "NUM02"),
            accepted_sources=(Source.OCR, Source.TYPED),
            compare_key=FieldName("id_number"),
            mask=(3, 4),
        ),
        DocumentDeclaration(
            code=PASSPORT,
            title={"en": "Passport", "zh_CN": "护照"},
            width_mm=125.0,
            height_mm=88.0,
            mrz="td3",
            sides=(data,),
            checks=("NUM06",),
            accepted_sources=(Source.MRZ, Source.OCR, Source.TYPED),
            compare_key=FieldName("document_number"),
            mask=(2, 2),
        ),
    )


def _notice(number: str, en: str, zh: str, text_en: str, text_zh: str) -> Notice:
    return Notice(
        id=number,
        version="2026-01",
        title={"en": en, "zh_CN": zh},
        text={"en": text_en, "zh_CN": text_zh},
        required=True,
    )


def policy(*, training: bool) -> PolicyPack:
    """Return a pack with two notices and three offered numbers."""
    return PolicyPack(
        id="test-pack",
        version="2026-01",
        training=training,
        carrier={"en": "Specimen Mobile", "zh_CN": "样本移动"},
        documents={FlowKind.NEW_LINE: (RESIDENT_ID, PASSPORT)},
        accepted_sources={},
        camera_allowed_when_no_reader=True,
        severities={},
        notices=(
            _notice(
                "privacy",
                "Privacy notice",
                "个人信息处理告知",
                "We keep your name, document and number because the law asks for it.",
                "依法登记您的姓名、证件和号码。",
            ),
            _notice(
                "no_resale",
                "Do not lend or sell",
                "不得转借转售告知",
                "Do not lend or sell this SIM card. You answer for its use.",
                "请勿出租、出借、出售电话卡，使用后果由登记人承担。",
            ),
        ),
        offline=OfflineLimits(max_days=7, max_count=100, warn_at=(0.5, 0.8)),
        per_device_limit=2,
        iccid_prefixes=("898600",),
        iccid_luhn=Severity.WARN,
        msisdn_patterns=(r"1[3-9]\d{9}",),
        offered_numbers=("13800138000", "13800138001", "13800138002"),
        expiry_warning_days=90,
        delete_after_ack_hours=24,
        draft_hours=24,
        idle_lock_minutes=3,
        hotline="10000",
        receipt_rights={
            "en": "You may ask what is recorded about you, have it corrected or deleted, "
            "and complain.",
            "zh_CN": "您有权查询、更正、删除本人登记信息，并可投诉。",
        },
        minimum_age=16,
    )

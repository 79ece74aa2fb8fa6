"""The columns of a member table under the names that unions give them. Knows no Django: the reading process uses it."""

import re
import unicodedata
from collections.abc import Sequence

COLUMNS = ("legal_name", "id_number", "phone", "employer", "uscc", "joined_on", "left_on")

_SPELLINGS = {
    "legal_name": "姓名 名字 会员姓名 职工姓名 员工姓名 真实姓名 name",
    "id_number": "身份证号 身份证号码 身份证 身份证件号 身份证件号码 居民身份证号 居民身份证号码 公民身份号码 "
    "公民身份证号码 证件号 证件号码 会员身份证号 idnumber",
    "phone": "手机号 手机号码 手机 移动电话 联系电话 联系方式 联系手机 电话 电话号码 本人手机号 "
    "本人手机号码 phone mobile",
    "employer": "单位名称 单位 单位全称 工作单位 所在单位 用人单位 企业名称 企业 公司名称 公司 所属单位 employer",
    "uscc": "统一社会信用代码 社会信用代码 信用代码 单位统一社会信用代码 企业统一社会信用代码 统一信用代码 uscc",
    "joined_on": "入会日期 入会时间 入会年月 加入工会日期 加入工会时间 入会登记日期 joined",
    "left_on": "离会日期 退会日期 退会时间 离会时间 离职日期 离职时间 会籍转出日期 left",
}
_FIELD = {spelling: field for field, spellings in _SPELLINGS.items() for spelling in spellings.split()}
_REMARK = re.compile(r"[(\[【][^)\]】]{0,40}[)\]】]")


def plain(header: str) -> str:
    """「 *身份证号（必填）：」 is 身份证号."""
    folded = unicodedata.normalize("NFKC", header[:80]).casefold()
    return "".join(char for char in _REMARK.sub("", folded) if char.isalnum())


def recognise(cells: Sequence[str]) -> dict[str, int]:
    """Which field stands in which column; empty unless the row has a name and something to recognise a person by."""
    places: dict[str, int] = {}
    for at, cell in enumerate(cells):
        field = _FIELD.get(plain(cell))
        if field and field not in places:
            places[field] = at
    return places if "legal_name" in places and {"id_number", "phone"} & places.keys() else {}

"""Industries of the demo city, the trades of each, and who works in them."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Trade:
    title: str
    weight: int
    women: int  # percent
    schooling: tuple[int, int, int, int, int, int]  # weights of the six education levels
    outfit: str  # what the avatar wears
    ages: tuple[int, int] = (22, 52)


@dataclass(frozen=True, slots=True)
class Industry:
    code: str
    title: str
    weight: int
    kind: str  # first two characters of the credit code
    names: tuple[str, ...]  # what follows the brand in an employer's name
    size: int  # typical number of workers
    trades: tuple[Trade, ...]
    union: str = ""  # gig trades belong to a city-wide industry union of this name


_LOW = (30, 45, 20, 5, 0, 0)
_MID = (5, 30, 45, 20, 0, 0)
_HIGH = (0, 3, 27, 62, 8, 0)
_TOP = (0, 0, 5, 60, 30, 5)


def _t(title: str, weight: int, women: int, schooling: tuple[int, int, int, int, int, int], outfit: str) -> Trade:
    return Trade(title, weight, women, schooling, outfit)


INDUSTRIES: Final[tuple[Industry, ...]] = (
    Industry("express", "快递", 7, "91", ("快递有限公司", "速运有限公司", "速递服务部"), 60, (
        _t("快递员", 60, 12, _LOW, "vest"), _t("分拣员", 18, 35, _LOW, "vest"),
        _t("快递站点站长", 7, 25, _MID, "vest"), _t("客服专员", 10, 78, _MID, "knit"),
    ), "杭州市快递行业工会联合会"),
    Industry("delivery", "外卖配送", 6, "91", ("即时配送有限公司", "餐饮配送服务有限公司"), 70, (
        _t("外卖骑手", 78, 11, _LOW, "vest"), _t("配送调度员", 10, 45, _MID, "polo"),
        _t("配送站长", 6, 20, _MID, "polo"),
    ), "杭州市网约送餐行业工会联合会"),
    Industry("transport", "交通运输", 6, "91", ("汽车运输有限公司", "出行服务有限公司", "物流有限公司"), 70, (
        _t("网约车司机", 30, 9, _LOW, "uniform"), _t("货车司机", 28, 4, _LOW, "uniform"),
        _t("公交司机", 14, 12, _MID, "uniform"),
        _t("地铁站务员", 10, 55, _MID, "uniform"), _t("运输调度员", 9, 40, _MID, "polo"),
    ), "杭州市道路货运行业工会联合会"),
    Industry("machinery", "机械制造", 13, "91",
        ("机械制造有限公司", "精密机械有限公司", "传动科技有限公司", "泵阀有限公司"), 130, (
        _t("车床操作工", 24, 10, _LOW, "overalls"), _t("数控编程员", 12, 15, _MID, "overalls"),
        _t("焊工", 9, 4, _LOW, "overalls"), _t("装配钳工", 14, 8, _LOW, "overalls"),
        _t("质检员", 13, 55, _MID, "overalls"),
        _t("仓库管理员", 9, 48, _MID, "polo"), _t("机械工程师", 10, 18, _HIGH, "shirt"),
        _t("行政专员", 7, 80, _MID, "knit"),
    )),
    Industry("garment", "纺织服装", 8, "91", ("服饰有限公司", "丝绸有限公司", "纺织有限公司", "针织有限公司"), 80, (
        _t("缝纫工", 34, 82, _LOW, "overalls"), _t("打版师", 11, 55, _MID, "knit"),
        _t("服装跟单员", 15, 72, _MID, "knit"),
        _t("面料设计师", 8, 70, _HIGH, "knit"), _t("裁剪工", 14, 35, _LOW, "overalls"),
        _t("仓库管理员", 10, 45, _MID, "polo"),
    )),
    Industry("electronics", "电子信息", 9, "91", ("电子有限公司", "光电科技有限公司", "智能设备有限公司"), 150, (
        _t("电子装配工", 28, 55, _LOW, "overalls"), _t("硬件工程师", 15, 15, _TOP, "shirt"),
        _t("测试工程师", 14, 32, _HIGH, "shirt"),
        _t("产线班长", 10, 38, _MID, "overalls"), _t("采购专员", 10, 60, _HIGH, "shirt"),
        _t("设备维护员", 10, 6, _MID, "overalls"),
    )),
    Industry("software", "软件与互联网", 11, "91", ("软件有限公司", "网络科技有限公司", "信息技术有限公司"), 110, (
        _t("程序员", 40, 20, _TOP, "hoodie"), _t("产品经理", 14, 45, _TOP, "hoodie"),
        _t("界面设计师", 10, 62, _HIGH, "knit"),
        _t("软件测试员", 12, 48, _HIGH, "hoodie"), _t("数据分析师", 8, 45, _TOP, "shirt"),
        _t("人事专员", 8, 82, _HIGH, "shirt"),
    )),
    Industry("commerce", "电子商务", 8, "91", ("电子商务有限公司", "品牌管理有限公司", "供应链有限公司"), 40, (
        _t("电商运营", 30, 56, _MID, "hoodie"), _t("带货主播", 8, 72, _MID, "knit"),
        _t("在线客服", 20, 76, _MID, "knit"),
        _t("电商美工", 12, 60, _MID, "hoodie"), _t("打包发货员", 16, 45, _LOW, "polo"),
    )),
    Industry("health", "医疗卫生", 7, "12", ("医院", "康复医院", "社区卫生服务中心"), 160, (
        _t("护士", 46, 94, (0, 3, 45, 50, 2, 0), "scrubs"), _t("医生", 20, 46, (0, 0, 3, 40, 45, 12), "scrubs"),
        _t("药剂师", 9, 68, _HIGH, "scrubs"), _t("检验师", 9, 62, _HIGH, "scrubs"),
        _t("导诊员", 7, 90, _MID, "scrubs"),
        _t("救护车司机", 4, 3, _LOW, "uniform"),
    )),
    Industry("schools", "教育", 7, "12", ("实验学校", "教育集团", "学校"), 70, (
        _t("小学老师", 32, 76, _HIGH, "knit"), _t("幼儿园老师", 24, 97, _MID, "knit"),
        _t("中学老师", 22, 60, _TOP, "shirt"),
        _t("体育老师", 7, 28, _HIGH, "polo"), _t("实训老师", 7, 35, _HIGH, "polo"),
        _t("食堂厨师", 5, 25, _LOW, "chef"),
    )),
    Industry("building", "建筑", 6, "91", ("建设工程有限公司", "建筑装饰有限公司", "市政园林有限公司"), 90, (
        _t("施工员", 24, 8, _MID, "vest"), _t("电工", 18, 3, _LOW, "overalls"),
        _t("造价员", 14, 52, _HIGH, "shirt"),
        _t("塔吊司机", 9, 8, _LOW, "vest"), _t("安全员", 12, 14, _MID, "vest"),
        _t("木工师傅", 10, 2, _LOW, "overalls"),
    )),
    Industry("property", "物业服务", 5, "91", ("物业服务有限公司", "城市服务有限公司"), 60, (
        _t("物业管家", 28, 70, _MID, "suit"), _t("保安员", 24, 8, _LOW, "uniform"),
        _t("水电维修工", 18, 2, _LOW, "overalls"),
        _t("绿化养护工", 10, 35, _LOW, "overalls"), _t("保洁主管", 9, 72, _LOW, "polo"),
    )),
    Industry("catering", "餐饮住宿", 7, "91", ("餐饮管理有限公司", "酒店有限公司", "食品有限公司"), 35, (
        _t("厨师", 26, 12, _LOW, "chef"), _t("餐厅服务员", 20, 68, _LOW, "polo"),
        _t("咖啡师", 10, 60, _MID, "apron"),
        _t("面点师", 10, 45, _LOW, "chef"), _t("酒店前台", 14, 78, _MID, "suit"),
        _t("门店店长", 10, 50, _MID, "apron"),
    )),
    Industry("retail", "商贸零售", 7, "91", ("商贸有限公司", "超市有限公司", "百货有限公司"), 30, (
        _t("超市收银员", 18, 88, _LOW, "apron"), _t("导购员", 22, 78, _LOW, "polo"),
        _t("采购员", 12, 48, _MID, "shirt"),
        _t("销售代表", 24, 42, _MID, "shirt"), _t("门店店长", 12, 58, _MID, "apron"),
    )),
    Industry("finance", "金融", 4, "91", ("小额贷款有限公司", "融资担保有限公司", "财务咨询有限公司"), 45, (
        _t("客户经理", 30, 50, _HIGH, "suit"), _t("会计", 30, 80, _HIGH, "shirt"),
        _t("风控专员", 16, 46, _TOP, "shirt"),
        _t("柜员", 20, 76, _HIGH, "suit"),
    )),
    Industry("utilities", "公用事业", 4, "91", ("环境服务有限公司", "电力工程有限公司", "水务有限公司"), 90, (
        _t("电力抢修员", 26, 3, _MID, "vest"), _t("环卫驾驶员", 16, 8, _LOW, "vest"),
        _t("水质化验员", 14, 64, _HIGH, "scrubs"),
        _t("管网巡检员", 18, 8, _LOW, "vest"), _t("营业厅服务员", 12, 84, _MID, "suit"),
    )),
    Industry("pharma", "生物医药", 4, "91", ("生物科技有限公司", "医药有限公司", "医疗器械有限公司"), 120, (
        _t("研发员", 28, 54, _TOP, "scrubs"), _t("制剂操作工", 26, 52, _MID, "scrubs"),
        _t("质量专员", 20, 66, _HIGH, "scrubs"),
        _t("医药代表", 14, 46, _HIGH, "suit"),
    )),
    Industry("culture", "文化旅游", 4, "91", ("文化旅游有限公司", "茶业有限公司", "文化创意有限公司"), 28, (
        _t("导游", 26, 66, _MID, "polo"), _t("茶艺师", 16, 82, _MID, "linen"), _t("讲解员", 16, 76, _HIGH, "suit"),
        _t("活动策划", 20, 56, _HIGH, "hoodie"), _t("摄影师", 12, 26, _MID, "hoodie"),
    )),
    Industry("household", "家政服务", 3, "91", ("家政服务有限公司", "养老服务有限公司"), 30, (
        _t("家政服务员", 34, 92, _LOW, "apron"), _t("养老护理员", 30, 80, _LOW, "scrubs"),
        _t("育婴师", 18, 98, _MID, "apron"),
        _t("家电清洗师傅", 12, 6, _LOW, "overalls"),
    ), "杭州市家政服务行业工会联合会"),
)  # fmt: skip

TRADES: Final[dict[str, Trade]] = {trade.title: trade for industry in INDUSTRIES for trade in industry.trades}

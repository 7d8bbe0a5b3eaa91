"""Invents the holders of unseen cards: common names and rare ones, towns and forms of its own."""

import random
from datetime import date, timedelta
from typing import Final

from specimens.persons import (
    ETHNIC_GROUPS,
    TODAY,
    Person,
    authority_of,
    resident_number,
    years_later,
)
from specimens.specimen import LONG_TERM

_SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁"
    "魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹"
    "黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅"
    "莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘"
)
_GIVEN: Final = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂珍梅琳建国华玉红新雪春冬晓东志鹏宇浩然子涵欣怡佳"
    "琪嘉豪俊雅婷博文思远梓萱天佑语桐泽楷墨轩若曦诗韵宸景行怀砚秋晨鸿懿翊瑜璇煜霖睿鑫淼垚凤莲荣福禄寿"
    "喜庆祥瑞云龙虎飞翔海波江河山川林森木松柏竹菊石金银铁钢根生财旺贵发胜利民爱忠义仁礼信良善美德才能"
    "学勤俭恩惠慧颖莹洁冰清香媛姣妮蓉蕾薇芸茜菲倩莎露璐瑶琴瑛珊玲翠彩娥嫦婵婉娴嫣黛钰铭锋锐钧铮"
)
_DOUBLE: Final = "欧阳 上官 司徒 诸葛 端木 东方 独孤 南宫 夏侯 皇甫 尉迟 公孙 长孙 宇文".split()
_DOTTED: Final = (
    "阿依古丽 买买提 艾合买提 吐尔逊 努尔兰 库尔班 热依汗 迪丽努尔 玉素甫 卡德尔 帕尔哈提 "
    "古丽巴哈尔 阿不都拉 木拉提 哈力克 赛力克 别克 扎西 卓玛 才让 洛桑 旦增 央金"
).split()
#: Places of the land that no specimen comes from, with their number.
_PLACES: Final = (
    ("110228", "北京市密云县"),
    ("120221", "天津市宁河县"),
    ("130983", "河北省黄骅市"),
    ("140829", "山西省平陆县"),
    ("150725", "内蒙古陈巴尔虎旗"),
    ("210881", "辽宁省盖州市"),
    ("220322", "吉林省梨树县"),
    ("231121", "黑龙江省嫩江县"),
    ("310230", "上海市崇明县"),
    ("320923", "江苏省阜宁县"),
    ("330783", "浙江省东阳市"),
    ("341225", "安徽省阜南县"),
    ("350583", "福建省南安市"),
    ("360730", "江西省宁都县"),
    ("371329", "山东省临沭县"),
    ("371581", "山东省临清市"),
    ("411722", "河南省上蔡县"),
    ("410728", "河南省长垣县"),
    ("421087", "湖北省松滋市"),
    ("431382", "湖南省涟源市"),
    ("433127", "湖南省永顺县"),
    ("440882", "广东省雷州市"),
    ("445281", "广东省普宁市"),
    ("451031", "广西隆林各族自治县"),
    ("450881", "广西桂平市"),
    ("469003", "海南省儋州市"),
    ("500236", "重庆市奉节县"),
    ("500243", "重庆市彭水苗族土家族自治县"),
    ("511528", "四川省宜宾市兴文县"),
    ("513431", "四川省昭觉县"),
    ("520425", "贵州省紫云苗族布依族自治县"),
    ("532625", "云南省马关县"),
    ("533325", "云南省兰坪白族普米族自治县"),
    ("542233", "西藏浪卡子县"),
    ("610326", "陕西省眉县"),
    ("622927", "甘肃省积石山保安族东乡族撒拉族自治县"),
    ("632222", "青海省祁连县"),
    ("640323", "宁夏盐池县"),
    ("653125", "新疆莎车县"),
    ("654226", "新疆和布克赛尔蒙古自治县"),
    ("430681", "湖南省汨罗市"),
    ("341203", "安徽省阜阳市颍东区"),
    ("330327", "浙江省苍南县"),
    ("321081", "江苏省仪征市"),
)
#: What villages and streets of the land are mostly called; the rest has any two characters.
_STEMS: Final = (
    "东风 红星 前进 跃进 和平 民主 自由 工农 向阳 东方 朝阳 北京 南京 延安 井冈 "
    "韶山 中山 黄河 长江 泰山 大桥 小河 上湾 下坝 后山 前塘 西岭 南坪 北沟 中寨 "
    "新店 老街 古城 石门 沙坪 白沙 黄土 青龙 黑石 红岩 王家 李家 张家 刘家 陈家 "
    "杨家 周家 吴家 徐家 孙家 马家 胡家 郭家 何家 罗家 高家 梁家 宋家 郑家 谢家 "
    "双凤 双河 三江 三合 四方 五一 六合 七里 八角 九龙 十里 万福 千秋 百花 金鸡 "
    "银河 铜锣 铁炉 玉泉 珠江 桃源 杏花 李子 枣园 梨园 茶山 竹林 松树 柏杨 樟木 "
    "榕江 棉花 麦田 稻香 荷塘 莲花 菊园 兰亭 梅岭 桂林 学院 师范 医专 体育 科技 "
    "创业 工业 迎宾 滨江 沿河 环城 站前 机场 港口 码头 渔港 盐田 煤矿 电厂 水库 "
    "鼓楼 钟楼 文庙 城隍 关帝 观音 龙王 天门 凤山 鹤鸣 麒麟 狮子 虎头 牛栏 羊角 "
    "鸡笼 鸭塘 鹅湖 鲤鱼 螺蛳 仁和 义兴 礼泉 智慧 信义 忠诚 孝感 廉江 德胜 善堂 "
    "福田 禄丰 寿昌 喜洲 康宁 泰和 富强 荣昌 昌盛 隆兴"
).split()
_STREETS: Final = "路 街 大道 巷 弄 胡同 东路 西路 南大街 北大街 中路 支路".split()
_YARDS: Final = "小区 花园 新村 家园 公寓 广场 苑 城 府 湾 里 山庄 职工宿舍 家属院".split()
_VILLAGES: Final = "村 屯 寨 坪 沟 庄 营 堡 塘 岭 湾 冲 坝 乡 镇 街道 社区 农场".split()
_TERMS: Final = (5, 10, 20, 20, 0)


def everyday_characters() -> tuple[str, str]:
    """The 3,755 common and the 3,008 less common characters of GB 2312, as two texts."""
    rows = [
        "".join(
            bytes((0xA0 + row, 0xA0 + cell)).decode("gb2312", "ignore") for cell in range(1, 95)
        )
        for row in range(16, 88)
    ]
    return "".join(rows[:40]), "".join(rows[40:])


_COMMON, _RARER = everyday_characters()


def _characters(rng: random.Random, count: int, rarer: float = 0.06) -> str:
    return "".join(
        rng.choice(_RARER) if rng.random() < rarer else rng.choice(_COMMON) for _ in range(count)
    )


def _stem(rng: random.Random) -> str:
    return rng.choice(_STEMS) if rng.random() < 0.75 else _characters(rng, 2, 0.03)


def _name(rng: random.Random) -> str:
    shape = rng.random()
    if shape < 0.07:
        return "·".join(rng.sample(_DOTTED, 2))
    surname = rng.choice(_DOUBLE) if shape < 0.12 else rng.choice(_SURNAMES)
    count = 1 if rng.random() < 0.25 else 2
    if shape < 0.7:
        return surname + "".join(rng.choice(_GIVEN) for _ in range(count))
    return surname + _characters(rng, count, 0.15)


def _house(rng: random.Random) -> str:
    shape = rng.randrange(6)
    number = rng.randint(1, 1288)
    if shape == 0:
        return f"{number}号"
    if shape == 1:
        return f"{number}号附{rng.randint(1, 40)}号"
    if shape == 2:
        return f"{number}号{rng.randint(1, 40)}幢{rng.randint(1, 5)}单元{rng.randint(101, 2804)}室"
    if shape == 3:
        return f"{number}弄{rng.randint(1, 90)}号{rng.randint(101, 1806)}室"
    if shape == 4:
        return f"{number}号{rng.choice('ABCD')}座{rng.randint(101, 3306)}"
    return f"{rng.randint(1, 60)}栋{rng.randint(1, 4)}-{rng.randint(1, 33)}-{rng.randint(1, 8)}"


def _address(place: str, rng: random.Random) -> str:
    stem = _stem(rng)
    if rng.random() < 0.4:
        village = _stem(rng) + rng.choice(_VILLAGES)
        group = rng.choice(
            (f"{rng.randint(1, 22)}组", "", f"第{rng.choice('一二三四五六七八九')}组")
        )
        return (place + stem + rng.choice("镇乡") + village + group + f"{rng.randint(1, 400)}号")[
            :36
        ]
    yard = _stem(rng) + rng.choice(_YARDS) if rng.random() < 0.4 else ""
    return (place + stem + rng.choice(_STREETS) + yard + _house(rng))[:36]


def invent_holder(seed: int) -> Person:
    """Invent the holder of an unseen card; nobody has the number (see `resident_number`)."""
    rng = random.Random(f"unseen holder {seed}")
    years = rng.choice(_TERMS)
    youngest, oldest = {5: (1, 15), 10: (16, 25), 20: (26, 45), 0: (46, 85)}[years]
    issued = TODAY - timedelta(days=rng.randint(30, int((years or 18) * 330)))
    issued = max(issued, date(2005, 1, 5) + timedelta(days=rng.randint(0, 700)))
    birth = years_later(issued, -rng.randint(youngest, oldest)) - timedelta(
        days=rng.randint(1, 360)
    )
    sex = rng.choice(("男", "女"))
    code, place = rng.choice(_PLACES)
    home = rng.choice(_PLACES)[1] if rng.random() < 0.3 else place
    return Person(
        name=_name(rng),
        sex=sex,
        ethnicity=rng.choice(ETHNIC_GROUPS) if rng.random() < 0.4 else "汉",
        birth_date=birth.isoformat(),
        address=_address(home, rng),
        id_number=resident_number(code, birth, sex, rng),
        authority=authority_of(home, rng),
        valid_from=issued.isoformat(),
        valid_until=years_later(issued, years).isoformat() if years else LONG_TERM,
    )

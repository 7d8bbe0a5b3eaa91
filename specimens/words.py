"""What invented names and addresses are made of: characters, streets, villages, towns."""

from __future__ import annotations

from typing import Final

SURNAMES: Final = (
    "张王李赵刘陈杨黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡"
    "贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷"
    "钱汤尹黎易常武乔贺赖龚文"
)
COMPOUND_SURNAMES: Final = ("欧阳", "司马", "上官", "诸葛", "皇甫", "令狐", "慕容", "尉迟")
SPECIMEN_WORDS: Final = (
    "样本",
    "样例",
    "范例",
    "虚构",
    "测试",
    "示例",
    "模拟",
    "试样",
    "假设",
    "样张",
)
STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
MARKS: Final = STEMS + "样例范虚试拟"
GIVEN: Final = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂珍梅琳建国华玉红新雪春冬晓东志鹏宇浩然子"
    "涵欣怡佳琪嘉豪俊雅婷博文思远梓萱天佑语桐泽楷墨轩若曦诗韵皓宸景行怀瑾望舒砚秋沐晨鸿煊懿翊"
    "瑜瑾璇煜珩霖霆睿鑫淼焱垚"
)
UYGUR_PARTS: Final = (
    "样本江",
    "试样古丽",
    "测试买买提",
    "虚构艾力",
    "范例吐尔逊",
    "示例阿卜杜热合曼",
    "样例努尔麦麦提",
    "模拟帕提古丽",
    "虚构依明",
    "样张阿依努尔",
)
RARE: Final = ("䶮", "𠮷", "𬭊", "𫍽", "㛃", "㭎", "𬀩", "𫖯", "𬱖", "𬴂", "𠅤", "𪨶")

PROVINCES: Final = (
    ("110105", "北京市朝阳区"),
    ("120103", "天津市河西区"),
    ("130102", "河北省石家庄市长安区"),
    ("140105", "山西省太原市小店区"),
    ("150102", "内蒙古呼和浩特市新城区"),
    ("210102", "辽宁省沈阳市和平区"),
    ("220104", "吉林省长春市朝阳区"),
    ("230103", "黑龙江省哈尔滨市南岗区"),
    ("310101", "上海市黄浦区"),
    ("320106", "江苏省南京市鼓楼区"),
    ("330106", "浙江省杭州市西湖区"),
    ("340103", "安徽省合肥市庐阳区"),
    ("350203", "福建省厦门市思明区"),
    ("360102", "江西省南昌市东湖区"),
    ("370202", "山东省青岛市市南区"),
    ("410105", "河南省郑州市金水区"),
    ("420106", "湖北省武汉市武昌区"),
    ("430102", "湖南省长沙市芙蓉区"),
    ("440524", "广东省汕头市潮阳县"),
    ("440305", "广东省深圳市南山区"),
    ("450103", "广西南宁市青秀区"),
    ("460106", "海南省海口市龙华区"),
    ("500103", "重庆市渝中区"),
    ("510104", "四川省成都市锦江区"),
    ("520102", "贵州省贵阳市南明区"),
    ("530102", "云南省昆明市五华区"),
    ("540102", "西藏拉萨市城关区"),
    ("610103", "陕西省西安市碑林区"),
    ("620102", "甘肃省兰州市城关区"),
    ("630102", "青海省西宁市城东区"),
    ("640104", "宁夏银川市兴庆区"),
    ("650102", "新疆乌鲁木齐市天山区"),
)
ABOLISHED: Final = ("110103", "北京市崇文区")
"""Chongwen was dissolved in 2010; cards and numbers that name it stay valid."""

STREET_STEMS: Final = (
    "样本 范例 虚构 试样 清溪 望山 听雨 落霞 松涛 云岭 桂花 石榴 银杏 槐荫 柳浪 芦苇 梧桐 海棠 "
    "白鹭 青龙 凤凰 朝晖 晨曦 和顺 永宁 安定 福寿 长乐 太平 兴隆 建设 人民 解放 新华 胜利 光明 "
    "团结 友谊 幸福 文昌 学府 科创"
).split()
STREET_KINDS: Final = ("路", "街", "大道", "胡同", "巷", "南路", "北街", "东路", "西大街", "环路")
ESTATES: Final = ("花园", "小区", "家园", "公寓", "新村", "雅苑", "名邸", "里", "大院")
VILLAGES: Final = (
    "槐树屯 李家庄 上河村 石桥村 柳林村 新民村 塔尔村 大沟村 后营子 青石岭 杨柳寨 茶亭村".split()
)
TOWNSHIPS: Final = "样本镇 范例乡 清水镇 虚构乡 龙泉镇 高坪乡 永安镇 双桥镇 红旗乡 白马镇".split()

GIVEN_LATIN: Final = (
    "ANNA MARIA ERIK PEDRO SOFIA IVAN MEHMET LEILA KWAME AMINA JONAS LUCIA NOOR DIMA YUKI "
    "CHIARA BJORN HANA TOMAS ZARA EMEKA FATIMA OLGA PIERRE INGRID MATEO SAMIRA TARIQ VALENTINA "
    "WILHELM XIMENA YOSEF"
).split()
SURNAMES_LATIN: Final = (
    "SPECIMEN MUSTER SAMPLE EJEMPLO EXEMPLAR ERIKSSON BEISPIEL MODELO PRZYKLAD ESEMPIO OBRAZEC "
    "NUMUNE MISAL ORNEK VOORBEELD PELDA PRIMER VZOR ESIMERKKI EKSEMPEL CONTOH VIDUS NAMUNA "
    "UZORAK MOSTRA UTOPIANO KUKITOV ADEBAYOSAMPLE"
).split()
STATES: Final = ("UTO", "UTO", "UTO", "KAZ", "FRA", "NGA", "IDN", "KOR", "IND", "BRA", "SWE", "D")
NATIONALITIES: Final = (*STATES, "XXA", "XXB", "XXC")

//! The help in Chinese: what each subcommand and each flag is for.

/// The whole command.
pub(super) const ABOUT: &str = "把部门预算、部门决算公开文件变成经过核对的 JSON 记录";

/// The statuses that every subcommand keeps to.
pub(super) const EXIT_STATUS: &str = "\
退出状态：
  0  全部完成，没有问题（check、golden check、diff：没有发现）
  1  全部完成，但报告自相矛盾、有缺失、没有金额，或与基准不同
  2  有文件没有得出报告，逐一写在标准错误输出上
  3  无法开始或无法继续（用法不对、没有输入、结果写不出去）";

/// What each subcommand does.
pub(super) const COMMANDS: &[(&str, &str)] = &[
    ("extract", "从 PDF 和文本转储中提取报告，类型按内容判断"),
    ("check", "列出报告自相矛盾之处（位置和两边的数字），以及没有任何合计能证实的金额"),
    ("dump", "显示某个环节从文件里得出了什么，每行一条"),
    ("golden", "把文件与为它们保存的基准报告相比"),
    ("golden check", "显示哪些文件得出的报告与基准不同"),
    ("golden bless", "显示同样的差异，并把现在得出的报告定为基准"),
    ("golden retire", "删除指定文件的基准，以及指定文件夹里已不存在的文件的基准"),
    ("diff", "按报表、行、列比较两份 JSON 报告"),
    ("relate", "把多份报告相互对照：年度之间、部门与所属单位、预算与决算"),
    ("review", "在浏览器页面上逐项签认：未决的数字与原页面并排显示，予以认可或更正"),
    ("export", "把 extract --out 写好的文件夹连同审核决定重新发布为平面记录"),
    ("schema", "打印每份报告遵循的 JSON Schema"),
    ("completions", "打印某种 shell 的命令补全"),
    ("man", "打印手册页：整个命令的，或某个子命令的"),
    ("render", "把程序在某一页上看到的画在页面图像上，输出 SVG"),
    ("worker", "通过管道为其他程序处理文件：见 docs/worker.md"),
    ("help", "显示帮助"),
];

/// What each flag and argument means, `SUBCOMMAND NAME` before a plain `NAME` that holds everywhere.
pub(super) const ARGUMENTS: &[(&str, &str)] = &[
    ("help", "显示帮助"),
    ("version", "显示版本"),
    ("lang", "帮助和提示信息的语言：中文或英文；缺省按系统语言。check 与 relate --text 的结果也用它，缺省中文"),
    ("paths", "文件、要遍历的文件夹，以及 'reports/**/*.pdf' 这样的通配；- 表示标准输入"),
    ("golden paths", "文件、要遍历的文件夹，以及通配，与 extract 相同"),
    ("golden retire paths", "要删除其基准的文件（不论是否还在），以及文件夹：其中已不存在的文件的基准会被删除"),
    ("relate paths", "extract --out 写好的文件夹，以及 JSON 报告"),
    ("list", "从 FILE 再读入路径，每行一个，或像 find -print0 那样以 NUL 结尾；- 表示标准输入"),
    ("null", "即使列表里没有 NUL，也把它当作以 NUL 分隔：换行属于路径"),
    ("extract out", "结果写到 DIR 之下：每份报告一个文件，另有 index.jsonl、errors.jsonl、journal.jsonl"),
    ("relate out", "结果写到 DIR 之下，每种格式一个文件夹，不写标准输出"),
    ("export out", "结果写到 DIR 之下，每种格式一个文件夹"),
    ("out", "写到 FILE，不写标准输出"),
    (
        "extract format",
        "每份报告一个 JSON，或全部报告的平面记录：JSON Lines、CSV 数据包、Parquet、SQLite、Excel；多种用逗号分隔，要有 --out",
    ),
    ("relate format", "平面记录的格式：JSON Lines、CSV 数据包、Parquet、SQLite、Excel；多种用逗号分隔，要有 --out"),
    ("export format", "平面记录的格式：JSON Lines、CSV 数据包、Parquet、SQLite、Excel；多种用逗号分隔"),
    ("format", "给人看的文本、JSON，或持续集成服务器认得的格式"),
    ("csv_bom", "每个 CSV 文件以字节序标记开头，供 Excel 识别"),
    ("pretty", "JSON 缩进"),
    ("redact", "所有输出都略去某类内容：contacts 指填报人、联系电话等标签后的姓名和电话"),
    ("resume", "同样的内容、同一版本、同样选项已得出的结果保留不动"),
    ("jobs", "同时处理 N 个文件（缺省：每个处理器一个）"),
    ("timeout", "每个文件最多处理多少秒"),
    ("memory", "每个文件最多用多少 MiB 地址空间"),
    ("in_process", "就在本进程里处理，不限制时间和内存"),
    (
        "ocr",
        "用 MODELS 文件夹（由 scripts/ocr-models.sh 取来）里的模型识别扫描页；Python 包的命令可写 installed，指 pip install 'mingzhang[ocr]' 装好的模型。识别结果本身不可信，只有报告自己的合计能证实的才可信。一页约用单核 1.5 秒，一个工作进程约用 180 MB 内存",
    ),
    ("limits", "放宽或收紧读取一个文件的代价：NAME=N；可重复给出"),
    ("quiet", "只说失败的"),
    ("verbose", "说明进展；给两次说得更多"),
    ("json", "以 JSON 输出"),
    ("text", "用文字说明不一致之处"),
    ("check review", "略去审核人已认可或更正的，并说明有多少：FILE 是 review.jsonl 或它所在的文件夹"),
    ("review", "用 FILE 里的决定，而不是 DONE/review.jsonl"),
    ("ignore", "这些类别的差异不计；多种用逗号分隔，最后一行说明有多少"),
    ("golden", "存放基准的文件夹：每份报告一个缩进的 JSON，命名与 extract --out 相同"),
    ("old", "旧报告"),
    ("new", "新报告"),
    ("dump stage", "运行到哪个环节为止"),
    ("stage", "画到哪个环节为止"),
    ("render page", "画哪一页，从 1 起"),
    ("page", "只显示第 N 页"),
    ("pages", "只显示第 A 页到第 B 页，如 3-7"),
    ("file", "PDF 或文本转储；- 表示标准输入"),
    ("folder", "extract --out 写好的文件夹"),
    ("sources", "先在 DIR 之下找原文件"),
    ("site", "把页面写到 DIR 之下，供网站只读浏览；不启动服务"),
    ("reviewer", "由谁签认"),
    ("port", "监听本机端口 N（缺省：任一空闲端口）"),
    ("no_open", "不打开浏览器"),
    ("shell", "哪种 shell"),
    ("command", "哪个子命令；不给则是整个命令"),
];

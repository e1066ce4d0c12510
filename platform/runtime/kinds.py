"""The names of things in messages such as "There is no such record"."""

from collections.abc import Mapping

Kind = Mapping[str, str]

WORKSPACE: Kind = {"en": "workspace", "zh": "工作区"}
APP: Kind = {"en": "app", "zh": "应用"}
FORM: Kind = {"en": "form", "zh": "表单"}
RECORD: Kind = {"en": "record", "zh": "记录"}
VIEW: Kind = {"en": "view", "zh": "视图"}
FILE: Kind = {"en": "file", "zh": "文件"}
LIST: Kind = {"en": "related list", "zh": "关联列表"}
VERSION: Kind = {"en": "version", "zh": "版本"}
SETUP_LINK: Kind = {"en": "setup link", "zh": "初始化链接"}
SUITE: Kind = {"en": "suite", "zh": "套件"}
USER: Kind = {"en": "user", "zh": "用户"}
COMMENT: Kind = {"en": "comment", "zh": "评论"}
ACTION: Kind = {"en": "button", "zh": "操作按钮"}
VALUE: Kind = {"en": "value", "zh": "值"}
TASK: Kind = {"en": "task", "zh": "待办任务"}
WORKFLOW: Kind = {"en": "workflow", "zh": "流程"}
INSTANCE: Kind = {"en": "run of a workflow", "zh": "流程实例"}
DELEGATION: Kind = {"en": "delegation", "zh": "委托"}
TASK_FILTER: Kind = {"en": "saved filter", "zh": "已保存的筛选"}
PHRASE: Kind = {"en": "phrase", "zh": "常用语"}
SIGNATURE: Kind = {"en": "signature", "zh": "签名"}
JOB: Kind = {"en": "job", "zh": "任务"}
DEPARTMENT: Kind = {"en": "department", "zh": "部门"}
ORGANISATION: Kind = {"en": "external organisation", "zh": "外部组织"}
GROUP: Kind = {"en": "permission group", "zh": "权限组"}
CIRCLE: Kind = {"en": "application administrator", "zh": "应用管理员"}
ROLE: Kind = {"en": "role", "zh": "角色"}
SECRET: Kind = {"en": "secret", "zh": "密钥"}
WEBHOOK_CALL: Kind = {"en": "call of a webhook", "zh": "Webhook 调用"}
MAIL: Kind = {"en": "mail", "zh": "邮件"}
PASSWORD_LINK: Kind = {"en": "link for a password", "zh": "设置密码链接"}
API_KEY: Kind = {"en": "API key", "zh": "API 密钥"}
SERVICE_ACCOUNT: Kind = {"en": "service account", "zh": "服务账号"}
SESSION: Kind = {"en": "session", "zh": "登录会话"}
BATCH: Kind = {"en": "batch", "zh": "批量操作"}
CONVERSION: Kind = {"en": "conversion", "zh": "转换"}

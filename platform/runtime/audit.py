"""The audit log: who signed in, gave rights, exported, imported, published, looked on as whom.

Here entries are kept; `runtime/auditing` reads them.
"""

from collections.abc import Mapping
from typing import Any

from joinery.directory import Actor
from joinery.kernel import to_json
from joinery.runtime.unit import Unit
from joinery.storage import audit
from joinery.storage.audit import AuditEntry

Label = Mapping[str, str]

#: What is kept, each with its name for people.
KINDS: Mapping[str, Label] = {
    "signed_in": {"en": "signed in", "zh": "登录"},
    "signed_in_by_link": {"en": "chose a password by a link and signed in", "zh": "通过链接设置密码并登录"},
    "account_locked": {"en": "account locked after wrong passwords", "zh": "密码多次错误，账号被锁定"},
    "account_unlocked": {"en": "unlocked an account", "zh": "解锁账号"},
    "sign_in_failed": {"en": "failed to sign in", "zh": "登录失败"},
    "signed_out": {"en": "signed out", "zh": "退出登录"},
    "user_added": {"en": "added a person", "zh": "添加成员"},
    "user_invited": {"en": "invited a person", "zh": "邀请成员"},
    "user_changed": {"en": "changed a person", "zh": "修改成员"},
    "user_deactivated": {"en": "deactivated a person", "zh": "停用成员"},
    "user_activated": {"en": "activated a person", "zh": "启用成员"},
    "handed_over": {"en": "handed over what a person had", "zh": "办理成员交接"},
    "organisation_imported": {"en": "imported the organisation", "zh": "导入组织架构"},
    "password_link_made": {"en": "made a link for a password", "zh": "生成设置密码链接"},
    "password_policy_changed": {"en": "changed the rules for passwords", "zh": "修改密码规则"},
    "service_account_added": {"en": "added a service account", "zh": "添加服务账号"},
    "api_key_made": {"en": "made an API key", "zh": "创建 API 密钥"},
    "api_key_revoked": {"en": "revoked an API key", "zh": "吊销 API 密钥"},
    "department_created": {"en": "made a department", "zh": "新建部门"},
    "department_changed": {"en": "changed a department", "zh": "修改部门"},
    "department_closed": {"en": "closed a department", "zh": "停用部门"},
    "organisation_created": {"en": "made an external organisation", "zh": "新建外部组织"},
    "organisation_changed": {"en": "changed an external organisation", "zh": "修改外部组织"},
    "organisation_switched_on": {"en": "switched an external organisation on", "zh": "启用外部组织"},
    "organisation_switched_off": {"en": "switched an external organisation off", "zh": "停用外部组织"},
    "circle_given": {"en": "made an application administrator", "zh": "设置应用管理员"},
    "circle_changed": {
        "en": "changed what an application administrator administers",
        "zh": "修改应用管理员的管理范围",
    },
    "circle_taken": {"en": "removed an application administrator", "zh": "移除应用管理员"},
    "role_created": {"en": "made a role", "zh": "新建角色"},
    "role_changed": {"en": "changed a role", "zh": "修改角色"},
    "role_deleted": {"en": "deleted a role", "zh": "删除角色"},
    "calendar_changed": {"en": "changed the working calendar", "zh": "修改工作日历"},
    "permission_group_members_changed": {
        "en": "changed the members of a permission group",
        "zh": "修改权限组成员",
    },
    "permissions_changed": {"en": "changed permission groups", "zh": "修改权限组"},
    "preview_started": {"en": "began to look on as somebody", "zh": "开始以他人身份预览"},
    "preview_ended": {"en": "ended looking on as somebody", "zh": "结束以他人身份预览"},
    "workflow_cancelled": {"en": "cancelled a workflow", "zh": "取消流程"},
    "workflow_moved": {"en": "moved a workflow to another node", "zh": "调整流程节点"},
    "workflow_reassigned": {"en": "gave a task to somebody else", "zh": "转交待办"},
    "workflow_reactivated": {"en": "let an ended workflow go on", "zh": "激活已结束的流程"},
    "workflow_migrated": {"en": "moved workflows to a newer version", "zh": "迁移流程版本"},
    "workflow_retried": {"en": "retried a failed step of a workflow", "zh": "重试流程步骤"},
    "secret_set": {"en": "made a secret", "zh": "添加密钥"},
    "secret_changed": {"en": "gave a secret another value", "zh": "更换密钥的值"},
    "secret_deleted": {"en": "deleted a secret", "zh": "删除密钥"},
    "webhook_retried": {"en": "tried a webhook again", "zh": "重试 Webhook 调用"},
    "app_published": {"en": "published an app", "zh": "发布应用"},
    "app_upgraded": {"en": "upgraded an app to a newer suite", "zh": "将应用升级到新版套件"},
    "records_exported": {"en": "exported records", "zh": "导出记录"},
    "import_started": {"en": "started an import", "zh": "开始导入"},
}


def record(
    unit: Unit,
    actor: Actor,
    kind: str,
    *,
    subject: str | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    app: str | None = None,
) -> None:
    """Keep in the transaction of `unit` that the actor did something, from where, and by which API key.

    `app` is the key of the app that it is about, whose administrators may read it.
    """
    told = (("before", before), ("after", after), ("api_key", unit.api_key), ("app", app))
    data = {name: value for name, value in told if value is not None}
    entry = AuditEntry(
        at=unit.now,
        kind=kind,
        actor=actor.user_id,
        actor_name=actor.name or actor.email,
        address=unit.address,
        subject=subject,
        data=to_json(data),
    )
    audit.add(unit, entry)

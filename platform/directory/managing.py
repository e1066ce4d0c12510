"""Whom and what of an organisation an administrator may change: everything, or what his circle holds.

Every answer looks at the directory as it is now, so that one who has just lost his circle is refused.
"""

from joinery.directory.directory import Directory
from joinery.directory.model import Actor, Circle, User


class Management:
    """What one actor may do to the people and departments of a directory."""

    def __init__(self, known: Directory, actor: Actor) -> None:
        user = None if actor.user_id is None else known.user(actor.user_id)
        self._known = known
        self._oneself = actor.user_id
        #: Whether the actor administers the whole workspace; the system itself does.
        self.everything = actor.is_admin if user is None else user.is_admin
        #: What an application administrator administers; of others there is nothing.
        self.circle = (known.circle_of(user) if user else None) or Circle()

    def sees(self, user: User) -> bool:
        """Whether somebody is shown: he is in a department of the circle."""
        return self.everything or (
            user.organisation_id is None and not self.circle.departments.isdisjoint(user.department_ids)
        )

    def manages(self, user: User) -> bool:
        """Whether somebody may be changed: all his departments are in the circle, and he administers
        nothing himself. Nobody manages himself, who could give himself more."""
        if self.everything:
            return True
        return (
            user.id != self._oneself
            and not user.is_admin
            and not user.service
            and user.organisation_id is None
            and self._known.circle_of(user) is None
            and bool(user.department_ids)
            and self.circle.departments.issuperset(user.department_ids)
        )

    def manages_department(self, department_id: int | None) -> bool:
        """Whether people, and departments, may be put into a department; None is above the topmost."""
        return self.everything or department_id in self.circle.departments

    def arranges_department(self, department_id: int) -> bool:
        """Whether a department may be moved and closed: the one above it is in the circle too."""
        department = self._known.department(department_id)
        return self.everything or (
            department is not None
            and department_id in self.circle.departments
            and department.parent_id in self.circle.departments
        )

    def gives_role(self, role: str) -> bool:
        """Whether a role may be given and taken; never one by which somebody becomes an administrator."""
        if self.everything:
            return True
        return role in self.circle.roles and all(given.role != role for given in self._known.circles)

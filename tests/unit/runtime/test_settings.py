"""Reading the operator's choices."""

from pathlib import Path

import pytest

from joinery.kernel import Misconfigured
from joinery.runtime.settings import read_settings


def test_defaults_work_on_one_machine():
    settings = read_settings({})
    assert (settings.host, settings.port, settings.database_url, settings.demo) == (
        "127.0.0.1",
        8000,
        None,
        False,
    )
    assert settings.data_dir.is_absolute()


def test_everything_can_be_chosen():
    settings = read_settings(
        {
            "JOINERY_HOST": "0.0.0.0",
            "JOINERY_PORT": " 8101 ",
            "JOINERY_DATA_DIR": "/data",
            "JOINERY_DATABASE_URL": "postgresql://db/joinery",
            "JOINERY_WEB_WORKERS": "4",
            "JOINERY_JOB_WORKERS": "0",
            "JOINERY_EXPORT_AT_ONCE": "500",
            "JOINERY_DEMO": "yes",
            "JOINERY_SECRET_KEY": "0123456789abcdef0123456789abcdef",
            "JOINERY_WEBHOOK_HOSTS": "erp.internal:8443, 10.0.0.5",
        }
    )
    assert settings.secret_key == "0123456789abcdef0123456789abcdef"
    assert settings.webhook_hosts.allow("erp.internal", 8443)
    assert not settings.webhook_hosts.allow("erp.internal", 80)
    assert settings.export_at_once == 500
    assert (settings.port, settings.data_dir, settings.web_workers) == (8101, Path("/data"), 4)
    assert (settings.job_workers, settings.demo) == (0, True)


@pytest.mark.parametrize(
    "name, value",
    [
        ("JOINERY_PORT", "http"),
        ("JOINERY_PORT", "0"),
        ("JOINERY_PORT", "65536"),
        ("JOINERY_PORT", "-1"),
        ("JOINERY_PORT", "٣"),
        ("JOINERY_WEB_WORKERS", "many"),
        ("JOINERY_DEMO", "perhaps"),
        ("JOINERY_SECRET_KEY", "too short"),
        ("JOINERY_WEBHOOK_HOSTS", "http://erp"),
    ],
)
def test_a_choice_that_cannot_be_read_is_named(name, value):
    with pytest.raises(Misconfigured) as raised:
        read_settings({name: value})
    assert name in raised.value.message("en")

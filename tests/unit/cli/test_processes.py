"""When a process that has ended is started again."""

import pytest

from joinery.cli.processes import MOST_RESTARTS, restart_pause


@pytest.mark.parametrize(
    ("starts", "now", "pause"),
    [
        ([0.0], 1.0, 0),
        ([0.0], 86_400.0, 0),
        ([0.0, 30.0], 3_600.0, 0),
        ([0.0, 1.0], 2.0, 1),
        ([0.0, 1.0, 3.0], 4.0, 2),
        ([0.0, 3_600.0], 3_601.0, 0),
        ([float(second) for second in range(MOST_RESTARTS)], 10.0, None),
        ([float(second) for second in range(MOST_RESTARTS)], 90.0, 0),
    ],
)
def test_it_waits_longer_the_more_often_it_ended_lately(starts, now, pause):
    assert restart_pause(starts, now) == pause

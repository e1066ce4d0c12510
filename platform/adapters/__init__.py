"""The outside world behind small ports, each with a twin for tests."""

from joinery.adapters.clock import Clock, FixedClock, SystemClock

__all__ = ["Clock", "FixedClock", "SystemClock"]

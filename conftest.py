"""What nbval must not compare, and what runs side by side. Hooks for notebooks/ must stand here."""

import pytest


def pytest_collectstart(collector):
    # A Picture's pixels and base64 differ between machines; its words (text/plain) are compared.
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += ("text/html",)


def pytest_collection_modifyitems(items):
    """Keep a file on one core, for its cells follow each other; exercises go lesson by lesson."""
    for item in items:
        exercise = getattr(item, "callspec", None) and str(item.callspec.params.get("name", ""))
        part = exercise[:1] if item.path.name == "test_exercises.py" and exercise else ""
        item.add_marker(pytest.mark.xdist_group(f"{item.path.name} {item.path.parent.name} {part}"))

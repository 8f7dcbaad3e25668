"""What nbval must not compare. It stands here because hooks for notebooks/ must."""


def pytest_collectstart(collector):
    # A Picture's pixels and base64 differ between machines; its words (text/plain) are compared.
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += ("text/html",)

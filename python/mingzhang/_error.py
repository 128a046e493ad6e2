"""The one exception of the package."""


class Error(Exception):
    """Why a document gave no report.

    ``code`` is stable (``empty-file``, ``not-a-pdf``, ``timeout``, …: the table of the README), ``message`` is for people.
    """

    code: str
    message: str

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"

"""Why a file is not taken, and what the person is to do about it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "empty": _("There is nothing in this file."),
    "too_large": _(
        "The file is larger than %(most)s MB. Divide it into several files."
    ),
    "not_a_sheet": _(
        "This is neither a CSV file nor an Excel file. Open it in Excel or WPS and save"
        " it as .xlsx."
    ),
    "encrypted_or_old": _(
        "This is an old Excel file (.xls), or one with a password. Open it in Excel or"
        " WPS, take the password off, and save it as .xlsx."
    ),
    "html": _(
        "This is a web page that calls itself an Excel file. Open it in Excel or WPS"
        " and save it as .xlsx."
    ),
    "bomb": _(
        "Unpacked, this file is much larger than any ledger. Copy the rows into a new"
        " workbook and save that."
    ),
    "unsafe": _(
        "There are things in this file that no workbook has. Copy the rows into a new"
        " workbook and save that."
    ),
    "macros": _(
        "There are macros in this file. Save it as a workbook without macros (.xlsx)."
    ),
    "links": _(
        "This workbook refers to other files. Break the links, or copy the rows into a"
        " new workbook as values."
    ),
    "embedded": _(
        "There are other documents inside this workbook. Copy the rows into a new"
        " workbook and save that."
    ),
    "encoding": _(
        "The characters of this file cannot be read in this encoding. Choose another"
        " one, or save the file as .xlsx."
    ),
    "nul": _(
        "There is a character in row %(row)s that no text has. Choose another encoding,"
        " or save the file as .xlsx."
    ),
    "quotes": _(
        "A quotation mark in row %(row)s is not closed, or is followed by more text."
        " Mend it, or save the file as .xlsx."
    ),
    "too_many_rows": _(
        "There is something in row %(row)s; a file may have %(most)s rows. Divide it"
        " into several files, or delete what stands far below."
    ),
    "too_many_columns": _(
        "There is something in column %(column)s; a file may have %(most)s columns."
        " Delete what stands far to the right."
    ),
    "cell_too_long": _(
        "The text in row %(row)s, column %(column)s has more than %(most)s characters."
        " Shorten it, or see whether a quotation mark before it is not closed."
    ),
    "too_much_text": _(
        "Up to row %(row)s there are more than %(most)s characters in this file. Divide"
        " it into several files."
    ),
    "too_complex": _(
        "This workbook takes too much memory to open. Copy the rows into a new workbook"
        " as values and save that."
    ),
    "took_too_long": _(
        "This file takes too long to open. Copy the rows into a new workbook as values,"
        " or divide it into several files."
    ),
    "unreadable": _(
        "The file cannot be read: it is damaged, or not what it seems to be. Open it in"
        " Excel or WPS and save it anew as .xlsx."
    ),
    "no_headers": _(
        "No row among the first %(rows)s names the columns that are expected, such as"
        " %(names)s. Write the headers as in the template."
    ),
    "header_twice": _(
        "Columns %(letters)s are all called %(name)s. Delete or rename all but one of"
        " them."
    ),
    "columns_missing": _("These columns are missing: %(names)s."),
    "no_rows": _("There are no rows under the headers."),
}


class Unreadable(ValidationError):
    """A file that is not taken, by a code of MESSAGES."""

    def __init__(self, code: str, **params: Any):
        super().__init__(MESSAGES[code], code=code, params=params)

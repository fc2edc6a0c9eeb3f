"""The letters about a request, as .docx: receipt, notices, consultation, reply."""

"""Requests for government information (政府信息公开申请), from receipt to remedy."""

"""Trends as pictures: SVG that needs no script and says every number."""

import pygal
from pygal.style import Style

from reports.trends import Trend

PLACES = 15
"""How many places a picture shows; its table has them all."""
# Told apart by lightness too, in print and by whoever does not see colours.
COLOURS = ("#9db8d2", "#0b4f8a")
STACKED = ("#0b6b4f", "#b5531c", "#d9c56b")
INK, PAPER = "#1a1d21", "#ffffff"
FONTS = "'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', sans-serif"


def drawn(trend: Trend) -> bytes:
    """The first places of a trend: months stand, whatever has a long name lies."""
    standing = len(trend.places) <= 12 and max(map(len, trend.places), default=0) <= 4
    if standing:
        chart = (pygal.StackedBar if trend.stacked else pygal.Bar)(**_settings(trend))
    else:
        lying = pygal.HorizontalStackedBar if trend.stacked else pygal.HorizontalBar
        # Room for names of Han characters, which pygal takes for half as wide.
        chart = lying(**_settings(trend), margin_left=110)
    # A lying chart begins at the bottom.
    way = 1 if standing else -1
    chart.x_labels = [_short(place) for place in trend.places[:PLACES][::way]]
    for name, points in trend.series.items():
        chart.add(name, [point.value for point in points[:PLACES]][::way])
    chart.add_xml_filter(_without_script)
    return chart.render()


def _without_script(root):
    """Less what is only for a script that is not there."""
    for script in root.findall(".//script"):
        script.getparent().remove(script)
    return root


def _settings(trend: Trend) -> dict:
    colours = STACKED if trend.stacked else COLOURS[-len(trend.series) :]
    values = (PAPER, PAPER, INK) if trend.stacked else (INK, PAPER)[-len(colours) :]
    style = Style(
        background=PAPER, plot_background=PAPER,
        foreground=INK, foreground_strong=INK, foreground_subtle="#4f5660",
        colors=colours, opacity="1", opacity_hover="1", transition="none",
        font_family=FONTS, label_font_size=13, major_label_font_size=13,
        legend_font_size=14, value_font_size=12, title_font_size=16,
        value_colors=values, guide_stroke_color="#d0d5db",
        major_guide_stroke_color="#d0d5db", guide_stroke_dasharray="0",
        major_guide_stroke_dasharray="0",
    )  # fmt: skip
    return {
        "js": [], "style": style, "print_values": True, "show_legend": True,
        "legend_at_bottom": True, "width": 900, "height": 420, "margin": 12,
        "value_formatter": lambda value: f"{value:g}" if value else "",
        "truncate_legend": -1, "truncate_label": -1,
        "print_zeroes": False, "include_x_axis": True,
    }  # fmt: skip


def _short(name: str) -> str:
    """Without what it lies beneath, and cut where it would take the picture's room."""
    name = name.rpartition(" › ")[2]
    return name if len(name) <= 16 else f"{name[:15]}…"

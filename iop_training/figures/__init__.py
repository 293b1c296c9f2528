"""Pictures, as SVG that takes its text color from the page. matplotlib is imported on use."""

from iop_training.figures.charts import chart_html
from iop_training.figures.diary import diary_html

__all__ = ["chart_html", "diary_html"]

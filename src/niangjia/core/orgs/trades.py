"""Trades as employers name them."""

from typing import Final

# Couriers, riders, drivers, domestic help: for whom unions keep sessions and places of their own (新就业形态劳动者).
GIG_TRADES: Final = ("快递", "外卖配送", "交通运输", "网约车", "货运", "代驾", "家政服务")

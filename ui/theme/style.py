"""Palette to Qt: the QPalette and the style sheet, set on the application as a whole."""

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme.icons import FOLDER
from ui.theme.palette import Palette, mixed

SHEET = """
QMainWindow, QDialog {{ background: {window}; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {edge}; padding: 4px 6px; }}
QToolBar {{ background: {window}; border: none; border-bottom: 1px solid {line}; padding: 2px 8px; spacing: 2px; }}
QToolBar::separator {{ background: {line}; width: 1px; margin: 5px 6px; }}
QToolButton {{ background: transparent; color: {text}; border: 1px solid transparent; border-radius: 6px; padding: 4px 8px; }}
QToolButton:hover {{ background: {raised}; border-color: {line}; }}
QToolButton:checked {{ background: {chosen}; border-color: {accent}; }}
QToolButton:focus {{ border-color: {accent}; }}
QToolButton:disabled {{ color: {faint}; }}
#qt_toolbar_ext_button {{ qproperty-icon: none; image: url("{arrow}"); padding: 0; }}
QPushButton {{ background: {raised}; color: {text}; border: 1px solid {edge}; border-radius: 6px; padding: 6px 14px; }}
QPushButton:hover {{ background: {chosen}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 5px 13px; }}
QPushButton:default {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QPushButton:disabled {{ background: {raised}; color: {faint}; border-color: {line}; }}
QToolButton:checked:disabled {{ background: transparent; border-color: transparent; }}
QMenuBar {{ background: {window}; color: {text}; }}
QMenuBar::item {{ padding: 5px 10px; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {chosen}; }}
QMenu {{ background: {raised}; color: {text}; border: 1px solid {edge}; padding: 4px; menu-scrollable: 1; }}
QMenu::item {{ padding: 5px 28px 5px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {chosen}; }}
QMenu::item:disabled {{ color: {faint}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 6px; }}
QStatusBar {{ background: {window}; color: {muted}; border-top: 1px solid {line}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QPushButton {{ padding: 1px 10px; }}
QStatusBar QPushButton:focus {{ padding: 0px 9px; }}
QSplitter::handle {{ background: {line}; }}
QSplitter::handle:hover {{ background: {accent}; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QListView, QTreeView {{ background: {paper}; color: {text}; border: 1px solid {line}; border-radius: 6px; outline: none; }}
QListView:focus, QTreeView:focus, QPlainTextEdit:focus {{ border-color: {accent}; }}
QListView::item, QTreeView::item {{ padding: 4px 5px; }}
QListView::item:selected, QTreeView::item:selected {{ background: {chosen}; color: {text}; }}
QPlainTextEdit {{ background: {paper}; color: {text}; border: 1px solid {edge}; border-radius: 6px; padding: 6px; }}
QProgressBar {{ background: {line}; border: none; border-radius: 3px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {edge}; border-radius: 4px; min-height: 24px; min-width: 24px; margin: 1px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page,
QScrollBar::sub-page {{ background: none; border: none; height: 0; width: 0; }}
QLineEdit {{ background: {paper}; color: {text}; border: 1px solid {edge}; border-radius: 6px; padding: 5px 8px; }}
QLineEdit:focus {{ border: 2px solid {accent}; padding: 4px 7px; }}
QComboBox {{ background: {raised}; color: {text}; border: 1px solid {edge}; border-radius: 6px; padding: 4px 8px; }}
QComboBox:focus {{ border-color: {accent}; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 12px; height: 12px; }}
QListView::item:disabled {{ color: {muted}; font-weight: 600; }}
#replay {{ background: {window}; border-top: 1px solid {line}; }}
#popup {{ background: {raised}; border: 1px solid {edge}; }}
QLineEdit[missing="true"] {{ border-color: {refused}; }}
QComboBox QAbstractItemView {{ background: {raised}; color: {text}; border: 1px solid {edge}; selection-background-color: {chosen};
selection-color: {text}; outline: none; }}
QSlider::groove:horizontal {{ background: {line}; height: 4px; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {accent}; height: 4px; border-radius: 2px; }}
QSlider::handle:horizontal {{ background: {raised}; border: 1.5px solid {edge}; width: 14px; margin: -6px 0; border-radius: 8px; }}
QSlider::handle:horizontal:focus {{ border: 2px solid {accent}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {line}; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{ background: transparent; color: {muted}; padding: 5px 4px; border: none; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 2px solid {accent}; }}
QTabBar::tab:focus {{ color: {accent}; }}
QTabBar::scroller {{ width: 20px; }}
QTabBar QToolButton {{ background: {window}; padding: 0; }}
QHeaderView {{ background: {window}; }}
QHeaderView::section {{ background: {window}; color: {muted}; border: none; border-bottom: 1px solid {line}; padding: 3px 4px; }}
QTableView {{ background: {paper}; color: {text}; border: 1px solid {line}; border-radius: 6px; outline: none; gridline-color: {line}; }}
QTableView:focus {{ border-color: {accent}; }}
QTableView::item:selected {{ background: {chosen}; color: {text}; }}
#results {{ border: none; border-top: 1px solid {line}; border-bottom: 1px solid {line}; border-radius: 0; }}
#results::item {{ padding: 0 8px; border: none; }}
#results QHeaderView::section {{ padding: 3px 11px; }}
#results QLineEdit {{ border-radius: 0; padding: 0 7px; }}
#head {{ background: {window}; border-bottom: 1px solid {line}; }}
#head QToolButton {{ padding: 2px 7px; }}
#side {{ background: {window}; }}
#section {{ color: {muted}; font-weight: 600; }}
#muted {{ color: {muted}; }}
#paper {{ background: {paper}; color: {text}; border: none; selection-background-color: {accent}; selection-color: {on_accent}; }}
#notice {{ background: {warning_wash}; border: 1px solid {edge}; border-radius: 8px; }}
#notice QLabel {{ color: {text}; }}
"""


def style_sheet(palette: Palette) -> str:
    """The style sheet of the whole application."""
    return SHEET.format(
        arrow=(FOLDER / "drop.svg").as_posix(),
        chosen=mixed(palette.window, palette.accent, 0.22),
        faint=mixed(palette.muted, palette.window, 0.4),
        **{name: getattr(palette, name) for name in Palette.__dataclass_fields__},
    )


def qt_palette(palette: Palette) -> QPalette:
    """The same colours for what a style sheet does not reach."""
    qt = QPalette()
    roles = {
        QPalette.ColorRole.Window: palette.window,
        QPalette.ColorRole.WindowText: palette.text,
        QPalette.ColorRole.Base: palette.paper,
        QPalette.ColorRole.AlternateBase: palette.raised,
        QPalette.ColorRole.Text: palette.text,
        QPalette.ColorRole.PlaceholderText: palette.muted,
        QPalette.ColorRole.Button: palette.raised,
        QPalette.ColorRole.ButtonText: palette.text,
        QPalette.ColorRole.ToolTipBase: palette.raised,
        QPalette.ColorRole.ToolTipText: palette.text,
        QPalette.ColorRole.Highlight: palette.accent,
        QPalette.ColorRole.HighlightedText: palette.on_accent,
        QPalette.ColorRole.Link: palette.accent,
        QPalette.ColorRole.BrightText: palette.lit,
    }
    for role, colour in roles.items():
        qt.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        qt.setColor(QPalette.ColorGroup.Disabled, role, QColor(mixed(palette.muted, palette.window, 0.4)))
    return qt


def apply(application: QApplication, palette: Palette) -> None:
    """Dress the whole application; setColorScheme alone changes nothing on some platforms."""
    application.setPalette(qt_palette(palette))
    application.setStyleSheet(style_sheet(palette))

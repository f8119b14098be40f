#!/bin/sh
# Inklattice in one file: unpacks it, makes the command inklattice, and puts it into the menu. sh THIS [FOLDER]
set -eu
folder=${1:-$HOME/.local/opt}
program=$folder/Inklattice
if [ -e "$program" ] && [ ! -x "$program/Inklattice" ]; then
    echo "$program is there and no Inklattice: choose another folder." >&2
    exit 1
fi
mkdir -p "$folder" "$HOME/.local/bin" "$HOME/.local/share/applications"
new=$(mktemp -d "$folder/.inklattice.XXXXXX")
trap 'rm -rf "$new"' EXIT
echo "Unpacking into $program ..."
begin=$(awk '/^exit 0$/ { print NR + 1; exit }' "$0")
tail -n +"$begin" "$0" | xz -dc | tar -x -C "$new"
chmod 755 "$new"
rm -rf "$program"
mv "$new/Inklattice" "$program"
ln -sf "$program/Inklattice" "$HOME/.local/bin/inklattice"
cat > "$HOME/.local/share/applications/inklattice.desktop" <<END
[Desktop Entry]
Type=Application
Name=Inklattice
Comment=Reads handwriting by graph transformers
Exec="$program/Inklattice" %F
Icon=$program/_internal/resources/icons/lattice.svg
MimeType=image/png;image/jpeg;image/tiff;image/webp;application/pdf;application/inkml+xml;
Categories=Graphics;Science;
END
echo "Done: inklattice, or look for it in the menu. To remove it, delete $program."
rm -rf "$new"
exit 0

# bash completion for octavo
_octavo() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} list=
    [ "$before" = = ] && before=${COMP_WORDS[COMP_CWORD-2]}
    [ "$word" = = ] && word=
    COMPREPLY=()
    case $before in
    -d | --directory | --resource-path) compopt -o dirnames 2>/dev/null; return ;;
    -o | --output | --attach | --cover | --card | --explain) compopt -o default 2>/dev/null; return ;;
    -t | --to) list="epub pdf png eml html xhtml frames" ;;
    -f | --from) list="markdown text" ;;
    -s | --style) list="essay book report"; compopt -o default 2>/dev/null ;;
    --notes) list="end chapter foot" ;;
    --pdf-standard) list="1 2 none" ;;
    --report) list="json text" ;;
    --mail-budget) list="gmail outlook strict" ;;
    -m | --metadata | --pages | --dpi | --certified-by | --mail-excerpt | --mail-link) return ;;
    *)
        case $word in
        -*) list="--output --directory --to --from --style --metadata --resource-path --notes --cover --card --pages --dpi --spread
            --mail-budget --mail-excerpt --mail-link --pdf-standard --attach --attach-source --attach-epub --report --explain
            --conforms --certified-by --strict --quiet --verbose --help --version" ;;
        *) compopt -o default 2>/dev/null; return ;;
        esac
        ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$list" -- "$word")
}
complete -F _octavo octavo

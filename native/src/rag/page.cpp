#include "rag/page.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

#include "rag/html.h"
#include "rag/page_writer.h"

namespace mydba::rag {
namespace {

/// What a reader of the text does not miss: scripts, forms, pictures, ways to other pages.
constexpr GumboTag skippedTags[] = {
    GUMBO_TAG_HEAD,   GUMBO_TAG_TITLE,  GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,  GUMBO_TAG_NOSCRIPT,
    GUMBO_TAG_NAV,    GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER, GUMBO_TAG_FORM,   GUMBO_TAG_TEMPLATE,
    GUMBO_TAG_BUTTON, GUMBO_TAG_SELECT, GUMBO_TAG_INPUT,  GUMBO_TAG_OBJECT, GUMBO_TAG_TEXTAREA,
    GUMBO_TAG_IFRAME, GUMBO_TAG_SVG,    GUMBO_TAG_MATH,   GUMBO_TAG_CANVAS, GUMBO_TAG_NOFRAMES,
    GUMBO_TAG_AUDIO,  GUMBO_TAG_VIDEO,  GUMBO_TAG_EMBED,  GUMBO_TAG_APPLET, GUMBO_TAG_XMP};

/// Before and after each of these a paragraph ends.
constexpr GumboTag blockTags[] = {
    GUMBO_TAG_ADDRESS, GUMBO_TAG_ARTICLE, GUMBO_TAG_ASIDE,   GUMBO_TAG_BLOCKQUOTE,
    GUMBO_TAG_BODY,    GUMBO_TAG_CENTER,  GUMBO_TAG_DD,      GUMBO_TAG_DETAILS,
    GUMBO_TAG_DIV,     GUMBO_TAG_DL,      GUMBO_TAG_DT,      GUMBO_TAG_FIELDSET,
    GUMBO_TAG_FIGURE,  GUMBO_TAG_H1,      GUMBO_TAG_H2,      GUMBO_TAG_H3,
    GUMBO_TAG_H4,      GUMBO_TAG_H5,      GUMBO_TAG_H6,      GUMBO_TAG_HR,
    GUMBO_TAG_MAIN,    GUMBO_TAG_P,       GUMBO_TAG_SECTION, GUMBO_TAG_FIGCAPTION,
    GUMBO_TAG_SUMMARY};

/// Elements that hold all of what their name names.
constexpr GumboTag wholeTags[] = {GUMBO_TAG_ARTICLE, GUMBO_TAG_DIV, GUMBO_TAG_SECTION,
                                  GUMBO_TAG_TABLE};

template <std::size_t n>
bool isOneOf(const GumboTag (&tags)[n], GumboTag tag) {
  return std::find(std::begin(tags), std::end(tags), tag) != std::end(tags);
}

bool isElement(const GumboNode& node) { return node.type == GUMBO_NODE_ELEMENT; }
GumboTag tagOf(const GumboNode& node) {
  return isElement(node) ? node.v.element.tag : GUMBO_TAG_UNKNOWN;
}

std::string_view attribute(const GumboNode& node, const char* name) {
  if (!isElement(node)) return {};
  const GumboAttribute* found = ::gumbo_get_attribute(&node.v.element.attributes, name);
  return found ? found->value : std::string_view();
}

bool skipped(const GumboNode& node) {
  if (node.type == GUMBO_NODE_TEMPLATE || node.type == GUMBO_NODE_COMMENT) return true;
  return isElement(node) && (isOneOf(skippedTags, tagOf(node)) ||
                             ::gumbo_get_attribute(&node.v.element.attributes, "hidden"));
}

/// 1 to 6; nothing for what is no heading.
std::optional<std::size_t> headingLevel(const GumboNode& node) {
  const GumboTag tag = tagOf(node);
  if (tag < GUMBO_TAG_H1 || tag > GUMBO_TAG_H6) return std::nullopt;
  return static_cast<std::size_t>(tag - GUMBO_TAG_H1) + 1;
}

enum class Step { into, over, stop };

/// Visits the nodes in the order of the page: `enter(node)` says how to go on, `leave(node)`
/// whether to (false: stop). Deep trees need memory, not stack.
template <typename Enter, typename Leave>
void walk(const GumboNode& root, const Enter& enter, const Leave& leave) {
  struct Open {
    const GumboNode* node;
    unsigned next;
  };
  std::vector<Open> open;
  const auto visit = [&](const GumboNode& node) {
    const Step step = enter(node);
    if (step == Step::into) open.push_back({&node, 0});
    return step != Step::stop;
  };
  if (!visit(root)) return;
  while (!open.empty()) {
    Open& top = open.back();
    const GumboNode& node = *top.node;
    if (isElement(node) && top.next < node.v.element.children.length) {
      if (!visit(*static_cast<const GumboNode*>(node.v.element.children.data[top.next++]))) return;
      continue;
    }
    open.pop_back();
    if (!leave(node)) return;
  }
}

/// The first element that is not skipped and for which `is` holds.
template <typename Is>
const GumboNode* findElement(const GumboNode& root, const Is& is) {
  const GumboNode* found = nullptr;
  walk(
      root,
      [&](const GumboNode& node) {
        if (skipped(node)) return Step::over;
        if (isElement(node) && is(node)) found = &node;
        return found ? Step::stop : Step::into;
      },
      [](const GumboNode&) { return true; });
  return found;
}

/// The nearest of `node` and what it is in for which `is` holds.
template <typename Is>
const GumboNode* nearest(const GumboNode* node, const Is& is) {
  while (node && !is(*node)) node = node->parent;
  return node;
}

/// What to write of a page.
struct Part {
  const GumboNode* root;             ///< nothing outside of it
  const GumboNode* start = nullptr;  ///< nothing before it; absent: from the root's start
  bool section = false;              ///< ends before a heading that is not below its own
};

Part mainPart(const GumboNode& root) {
  const auto tagged = [&](GumboTag tag) {
    return findElement(root, [&](const GumboNode& node) { return tagOf(node) == tag; });
  };
  if (const auto* main = tagged(GUMBO_TAG_MAIN)) return {.root = main};
  // `docContent` is PostgreSQL's, `docs-body` MySQL's.
  if (const auto* main = findElement(root, [](const GumboNode& node) {
        const std::string_view id = attribute(node, "id");
        return attribute(node, "role") == "main" || id == "docContent" || id == "docs-body";
      }))
    return {.root = main};
  if (const auto* article = tagged(GUMBO_TAG_ARTICLE)) return {.root = article};
  return {.root = &root, .start = tagged(GUMBO_TAG_H1)};  // menus come before the title
}

Part namedPart(const GumboNode& root, std::string_view name) {
  if (name.empty()) return mainPart(root);
  const GumboNode* named = findElement(root, [&](const GumboNode& node) {
    return attribute(node, "id") == name ||
           (tagOf(node) == GUMBO_TAG_A && attribute(node, "name") == name);
  });
  if (!named) return mainPart(root);
  const auto isHeading = [](const GumboNode& node) { return headingLevel(node).has_value(); };
  if (const auto* heading = nearest(named, isHeading))
    return {.root = &root, .start = heading, .section = true};
  const auto isItem = [](const GumboNode& node) {
    return tagOf(node) == GUMBO_TAG_LI || tagOf(node) == GUMBO_TAG_DT;
  };
  const auto* item = nearest(named, isItem);
  if (item && tagOf(*item) == GUMBO_TAG_LI) return {.root = item};
  if (item) return {.root = item->parent, .start = item};
  return {.root = &root, .start = named, .section = true};
}

/// Writes a part of a page.
class PartReader {
 public:
  PartReader(const Part& part, const CancelToken& cancel, std::size_t limit)
      : part_(part), cancel_(cancel), writer_(limit), started_(!part.start) {}

  std::string read() {
    walk(
        *part_.root, [this](const GumboNode& node) { return enter(node); },
        [this](const GumboNode& node) { return leave(node); });
    return writer_.empty() ? std::string() : writer_.finish();
  }

 private:
  Step enter(const GumboNode& node) {
    if (skipped(node)) return Step::over;
    if (&node == part_.start) started_ = true;
    if (!started_) {
      level_ = headingLevel(node).value_or(level_);
      return Step::into;
    }
    if (ends(node) || writer_.full() || cancel_.cancelled()) return Step::stop;
    if (!isElement(node)) {
      told_ = told_ || (node.type != GUMBO_NODE_WHITESPACE && !inHeading_);
      writer_.text(node.v.text.text);
      return Step::over;
    }
    inHeading_ = inHeading_ || headingLevel(node);
    begin(node.v.element.tag);
    return Step::into;
  }

  bool leave(const GumboNode& node) {
    if (!started_) return true;
    end(node.v.element.tag, node);
    inHeading_ = inHeading_ && !headingLevel(node);
    // What is named may also be all of the section, not only its heading or what stands before it.
    return !(part_.section && &node == part_.start && told_ && isOneOf(wholeTags, tagOf(node)));
  }

  /// True where the part is over before its root is.
  bool ends(const GumboNode& node) {
    if (part_.section) {
      const auto level = headingLevel(node);
      if (!level) return false;
      if (!writer_.empty()) return *level <= level_;
      level_ = *level;
      return false;
    }
    // Several terms may share a definition; the next one after it is about something else.
    if (!part_.start || tagOf(*part_.start) != GUMBO_TAG_DT) return false;
    if (node.parent != part_.start->parent) return false;
    defined_ = defined_ || tagOf(node) == GUMBO_TAG_DD;
    return defined_ && tagOf(node) == GUMBO_TAG_DT;
  }

  void begin(GumboTag tag) {
    switch (tag) {
      case GUMBO_TAG_UL: return writer_.beginList(false);
      case GUMBO_TAG_OL: return writer_.beginList(true);
      case GUMBO_TAG_LI: return writer_.beginItem();
      case GUMBO_TAG_PRE: return writer_.beginCode();
      case GUMBO_TAG_TABLE: return writer_.beginTable();
      case GUMBO_TAG_TR: return writer_.beginRow();
      case GUMBO_TAG_TD:
      case GUMBO_TAG_TH: return writer_.beginCell();
      case GUMBO_TAG_BR: return writer_.lineBreak();
      default:
        if (isOneOf(blockTags, tag)) writer_.paragraph();
    }
  }

  void end(GumboTag tag, const GumboNode& node) {
    if (const auto level = headingLevel(node)) return writer_.heading(*level);
    switch (tag) {
      case GUMBO_TAG_DT: return writer_.term();
      case GUMBO_TAG_UL:
      case GUMBO_TAG_OL: return writer_.endList();
      case GUMBO_TAG_LI: return writer_.endItem();
      case GUMBO_TAG_PRE: return writer_.endCode();
      case GUMBO_TAG_TABLE: return writer_.endTable();
      case GUMBO_TAG_CAPTION: return writer_.endCaption();
      case GUMBO_TAG_TD:
      case GUMBO_TAG_TH: return writer_.endCell();
      default:
        if (isOneOf(blockTags, tag)) writer_.paragraph();
    }
  }

  const Part& part_;
  const CancelToken& cancel_;
  PageWriter writer_;
  bool started_;
  bool inHeading_ = false;
  bool told_ = false;  ///< something that is no heading
  bool defined_ = false;
  std::size_t level_ = 6;  ///< of the section's heading, or of the last one before its start
};

}  // namespace

Result<std::string> readPage(std::string_view html, std::string_view fragment,
                             const CancelToken& cancel, std::size_t limit) {
  const auto tree = HtmlTree::parse(html, cancel);
  if (!tree) return tree.error();
  std::string text = PartReader(namedPart(tree->root(), fragment), cancel, limit).read();
  if (cancel.cancelled()) return cancel.error();
  if (text.empty())
    return Error{.code = ErrorCode::unsupported,
                 .message = "there is nothing to read on the page without its scripts",
                 .hint = "open it in the browser"};
  return text;
}

}  // namespace mydba::rag

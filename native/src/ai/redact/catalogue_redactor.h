#pragma once

// Objects of a catalogue as tools tell them: `{name, kind, detail, path}`.
//
// Names leave as the conversation has names. A default value, a comment and the key of a key-value
// server are values: the first two are left out, the third is replaced. What is a name is told by
// where it stands: below a folder that some engine's tree has (ai/data/catalogue_words.txt).

#include <span>
#include <string>
#include <string_view>

#include "ai/redact/conversation.h"

namespace mydba::ai {

/// Appends the name of an object of `kind`; `path` is where it stands.
void redactObjectName(Draft& draft, Conversation& conversation, std::string_view name,
                      std::string_view kind, std::span<const std::string> path);

/// Appends one part of a path.
void redactPathPart(Draft& draft, Conversation& conversation, std::span<const std::string> path,
                    std::size_t at);

/// Appends a path that is one text: `shop › Tables › orders`, or the title of a section.
void redactPathText(Draft& draft, Conversation& conversation, std::string_view text);

/// Appends what stands beside the name of an object of `kind`: its type and facts.
void redactDetail(Draft& draft, Conversation& conversation, std::string_view detail,
                  std::string_view kind);

/// True for a kind of object that some catalogue has.
bool isObjectKind(std::string_view kind);

}  // namespace mydba::ai

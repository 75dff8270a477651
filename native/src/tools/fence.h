#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mydba::tools {

/// What came from a database, as text for a model: between two lines that it cannot hold itself,
/// because they are made of a number that was drawn for it, and with a sentence that says that
/// nothing in it is an instruction. A help to the model, not a wall: what keeps an obedient model
/// from doing harm is that tools that read cannot write.
std::string fenced(std::string_view data);

/// What `fenced` was given, of what it made; nothing when the text is not of that shape.
std::optional<std::string_view> unfenced(std::string_view text);

}  // namespace mydba::tools

/// The members of a request's body, each checked as it is read.
struct GitHubBody {
    let members: [String: JSON]

    /// Whether a member is there at all.
    func has(_ name: String) -> Bool { members[name] != nil }

    /// A text that has to be there.
    func requiredText(_ name: String) throws -> String {
        guard let text = try text(name) else { throw GitHubFailure.misshapen("\"\(name)\" wasn't supplied.") }
        return text
    }

    /// A text; nil where it is not there or null.
    func text(_ name: String) throws -> String? {
        guard let value = members[name], !value.isNull else { return nil }
        guard let text = value.string else { throw GitHubFailure.misshapen("\"\(name)\" is not a string.") }
        return text
    }

    /// A whole number; nil where it is not there or null.
    func number(_ name: String) throws -> Int? {
        guard let value = members[name], !value.isNull else { return nil }
        guard let number = value.int else { throw GitHubFailure.misshapen("\"\(name)\" is not an integer.") }
        return number
    }

    /// A truth value; nil where it is not there.
    func flag(_ name: String) throws -> Bool? {
        guard let value = members[name], !value.isNull else { return nil }
        guard let flag = value.bool else { throw GitHubFailure.misshapen("\"\(name)\" is not a boolean.") }
        return flag
    }

    /// An object; nil where it is not there or null.
    func object(_ name: String) throws -> GitHubBody? {
        guard let value = members[name], !value.isNull else { return nil }
        guard let members = value.object else { throw GitHubFailure.misshapen("\"\(name)\" is not an object.") }
        return GitHubBody(members: members)
    }

    /// A list of objects; nil where it is not there.
    func objects(_ name: String) throws -> [GitHubBody]? {
        guard let value = members[name], !value.isNull else { return nil }
        guard let elements = value.array else { throw GitHubFailure.misshapen("\"\(name)\" is not a list.") }
        return try elements.map { element in
            guard let members = element.object else { throw GitHubFailure.misshapen("\"\(name)\" holds no objects.") }
            return GitHubBody(members: members)
        }
    }

    /// A list of texts; nil where it is not there.
    func texts(_ name: String) throws -> [String]? {
        guard let value = members[name], !value.isNull else { return nil }
        guard let elements = value.array else { throw GitHubFailure.misshapen("\"\(name)\" is not a list.") }
        return try elements.map { element in
            guard let text = element.string else { throw GitHubFailure.misshapen("\"\(name)\" holds no strings.") }
            return text
        }
    }

    /// Refuses a body with members that the operation does not have.
    func expectOnly(_ names: Set<String>) throws {
        if let other = members.keys.sorted().first(where: { !names.contains($0) }) {
            throw GitHubFailure.misshapen("\"\(other)\" is not a permitted key.")
        }
    }
}

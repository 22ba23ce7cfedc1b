using LiveServe.Protocol;

namespace LiveServe.Chat;

/// <summary>Who goes by which name: takes new ones, and tells of the change. Old messages keep the name they were sent under. Only the room touches it.</summary>
/// <param name="touched">Called when what others see of people may be different.</param>
internal sealed class Naming(IRoomLog log, SharedNames names, Audience audience, TimeProvider clock, Action touched)
{
    /// <summary>Somebody whom this run meets for the first time.</summary>
    public void Met(Member member)
    {
        log.Remember(member.Key, member.AsAuthor());
        if (names.Note(member.User, member.Name))
        {
            touched();
        }
    }

    /// <summary>Coming in by another name is a rename like any other; beyond the limit the old name stays.</summary>
    /// <param name="name">A sound one.</param>
    public void CameInAs(Member member, string name, long now)
    {
        if (name != member.Name && member.Renames.Take(now) == 0)
        {
            Take(member, name);
        }
    }

    /// <summary>Takes another name; why not, or <see langword="null"/>.</summary>
    /// <param name="forbidden">Why the person may not write now, if so.</param>
    public ErrorMessage? Take(Member member, Rename rename, ErrorMessage? forbidden, long now)
    {
        if (BodyRules.JudgeCid(rename.Cid) is { } wrong)
        {
            return wrong;
        }

        if (NameRules.Judge(rename.Name, out var name, rename.Cid) is { } problem)
        {
            return problem;
        }

        if (name == member.Name)
        {
            return null;
        }

        if (forbidden is not null)
        {
            return forbidden;
        }

        if (member.Renames.Take(now) is > 0 and var wait)
        {
            return new("rate_limited", "A name can be changed five times in ten minutes.", rename.Cid, "name", wait);
        }

        Take(member, name);
        return null;
    }

    private void Take(Member member, string name)
    {
        var was = member.Name;
        member.Name = name;
        Met(member);
        touched();
        audience.Tell(new RoomEvent("rename", clock.GetUtcNow(), $"{was} → {name}", User: member.User, Was: was, Name: name));
    }
}

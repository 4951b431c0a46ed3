using System.Text;

namespace FluxRestful.Core.Jobs;

/// <summary>
/// The emoji form of a FLUID: base 576, most significant digit first. The digits are the emoji of the Unicode set of 2010 in CLDR order,
/// as flux-core chose them (src/common/libutil/basemoji.c, RFC 19).
/// </summary>
internal static class JobIdEmoji
{
    private const int Base = 576;

    private const string Alphabet =
        "😃😄😁😆😅😂😉😊😍😘😚😋😜😝😏😒😌😔😪😷😵😲😳😨" +
        "😰😥😢😭😱😖😣😞😓😩😫😤😡😠👿💀💩👹👺👻👽👾😺😸" +
        "😹😻😼😽🙀😿😾🙈🙉🙊💌💘💝💖💗💓💞💕💟💔💛💚💙💜" +
        "💋💯💢💥💫💦💨💬💤👋👌👈👉👆👇👍👎👊👏🙌👐🙏💅💪" +
        "👂👃👀👅👄👶👦👧👱👨👩👴👵🙍🙎🙅🙆💁🙋🙇👮💂👷👸" +
        "👳👲👰👼🎅💆💇🚶🏃💃👯🏂🏄🏊🛀👫💏💑👪👤👣🐵🐒🐶" +
        "🐩🐺🐱🐯🐴🐎🐮🐷🐗🐽🐑🐫🐘🐭🐹🐰🐻🐨🐼🐾🐔🐣🐤🐥" +
        "🐦🐧🐸🐢🐍🐲🐳🐬🐟🐠🐡🐙🐚🐌🐛🐜🐝🐞💐🌸💮🌹🌺🌻" +
        "🌼🌷🌱🌴🌵🌾🌿🍀🍁🍂🍃🍄🍇🍈🍉🍊🍌🍍🍎🍏🍑🍒🍓🍅" +
        "🍆🌽🌰🍞🍖🍗🍔🍟🍕🍳🍲🍱🍘🍙🍚🍛🍜🍝🍠🍢🍣🍤🍥🍡" +
        "🍦🍧🍨🍩🍪🎂🍰🍫🍬🍭🍮🍯🍵🍶🍷🍸🍹🍺🍻🍴🔪🌏🗾🌋" +
        "🗻🏠🏡🏢🏣🏥🏦🏨🏩🏪🏫🏬🏭🏯🏰💒🗼🗽🌁🌃🌄🌅🌆🌇" +
        "🌉🎠🎡🎢💈🎪🚃🚄🚅🚇🚉🚌🚑🚒🚓🚕🚗🚙🚚🚲🚏🚨🚥🚧" +
        "🚤🚢💺🚀🕛🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🌑🌓🌔🌕🌙🌛🌟🌠" +
        "🌌🌀🌈🌂🔥💧🌊🎃🎄🎆🎇🎈🎉🎊🎋🎍🎎🎏🎐🎑🎀🎁🎫🏆" +
        "🏀🏈🎾🎳🎣🎽🎿🎯🔫🎱🔮🎮🎰🎲🃏🀄🎴🎭🎨👓👔👕👖👗" +
        "👘👙👚👛👜👝🎒👞👟👠👡👢👑👒🎩🎓💄💍💎🔊📢📣🔔🎼" +
        "🎵🎶🎤🎧📻🎷🎸🎹🎺🎻📱📲📞📟📠🔋🔌💻💽💾💿📀🎥🎬" +
        "📺📷📹📼🔍🔎💡🔦🏮📔📕📖📗📘📙📚📓📒📃📜📄📰📑🔖" +
        "💰💴💵💸💳💹📧📨📩📤📥📦📫📪📮📝💼📁📂📅📆📇📈📉" +
        "📊📋📌📍📎📏📐🔒🔓🔏🔐🔑🔨💣🔧🔩🔗📡💉💊🚪🚽🚬🗿" +
        "🏧🚹🚺🚻🚼🚾🚫🚭🔞🔃🔙🔚🔛🔜🔝🔯🔼🔽🎦📶📳📴💱💲" +
        "🔱📛🔰🔟🔠🔡🔢🔣🔤🆎🆑🆒🆓🆔🆕🆖🆗🆘🆙🆚🈁🈶🈯🉐" +
        "🈹🈚🈲🉑🈸🈴🈳🈺🈵🔴🔵🔶🔷🔸🔹🔺🔻💠🔘🔳🔲🏁🚩🎌";

    private static readonly Dictionary<int, int> DigitOf = Enumerable.Range(0, Base).ToDictionary(digit => char.ConvertToUtf32(Alphabet, 2 * digit));

    internal static string Format(ulong value)
    {
        var digits = new Stack<int>();
        do
        {
            digits.Push((int)(value % Base));
            value /= Base;
        }
        while (value > 0);

        var text = new StringBuilder(2 * digits.Count);
        foreach (var digit in digits)
        {
            text.Append(Alphabet, 2 * digit, 2);
        }

        return text.ToString();
    }

    internal static bool TryParse(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        if (text.IsEmpty || text.Length % 2 != 0)
        {
            return false;
        }

        UInt128 sum = 0;
        for (var at = 0; at < text.Length; at += 2)
        {
            if (!char.IsSurrogatePair(text[at], text[at + 1])
                || !DigitOf.TryGetValue(char.ConvertToUtf32(text[at], text[at + 1]), out var digit)
                || (sum = (sum * Base) + (uint)digit) > ulong.MaxValue)
            {
                return false;
            }
        }

        value = (ulong)sum;
        return true;
    }
}

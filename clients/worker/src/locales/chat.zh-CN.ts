// 聊天：两个人的悄悄话，别人看不到；不对劲，一点就能举报。
export default {
  title: '聊天', with: '和{name}聊聊', me: '我', them: '对方', first: '还没有说话。打个招呼吧，聊聊共同的爱好。', write: '写点什么', send: '发送', picture: '发图片', speak: '说一段话', earlier: '看更早的',
  sending: '正在发', failed: '没有发出去', again: '再发一次', discard: '不发了', away: 'TA 暂时不在这里，过些日子再写吧。', read: '已读',
  recording: '正在录音 {n} 秒（最长 {all} 秒）', cancel: '不要了', noMicrophone: '手机没有打开麦克风，请在设置里允许', notRecorded: '没有录好，请再说一次', voice: '{n} 秒语音', aVoice: '[语音]', aPicture: '[图片]', pictureOf: '{name}发的图片', open: '看大图',
  menu: '聊天的更多选项', menuTitle: '这一条', menuOf: '{name}这一条的更多选项', takeBack: '撤回', takeBackText: '5 分钟内可以撤回，双方都看不到内容', tooLate: '超过 5 分钟，不能撤回了', tookBack: '您撤回了一条', wasTakenBack: '{name}撤回了一条', gone: '撤回了一条', folded: '这句话先替您挡一下，看完提醒再打开',
  neverTitle: '家里人提醒', never: ['不问、不给：身份证号、银行卡、验证码、工资多少。', '谁提转账、投资、借钱、换软件聊，都别答应，点右上角小旗举报。', '照片和话只给对方看，工作人员看不到，除非您举报时选给他们看。'], tips: '第一次见面要注意什么',
  reword: '改一改', anyway: '就是这个意思，发送', police: '打 {n} 反诈热线',
  marks: '显示已读', marksText: '关了以后，双方都看不到对方读没读', kept: '内容加密保存，最多一年；结束后 30 天删除。',
  end: '结束聊天', endAsk: '不和{name}聊了？', endText: '双方都看不到这段聊天了，也不再是“成双”。对方会收到一句客气的话。', ended: '已经结束，祝您遇见更合适的人',
  overTitle: '聊天结束了', over: '这段聊天已经结束', overText: '这不说明您哪里不好。如果对方说过不该说的话，30 天内还可以举报。',
  sayHello: '打个招呼吧', iSaid: '我：{text}', endedTitle: '结束了的聊天', endedText: '内容谁也看不到了。如果对方说过不该说的话，30 天内还可以举报。', endedOn: '{day} 结束',
  report: { one: '举报这一条', begin: '举报', pick: '选这一条', choose: '选出有问题的话，点右边的方框', only: '工作人员只看得到您选的这几条。', go: '举报（已选 {n} 条）', with: '会附上您选的 {n} 条聊天，工作人员只看得到这几条。', without: '没有选聊天内容，工作人员看不到你们的聊天。', latest: '会附上这段聊天最近的内容（最多 40 条），只给处理举报的人看。', after: '举报对方' },
}

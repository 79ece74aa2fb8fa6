// Icons by the names the server and the app use; an unknown name shows a heart-in-hand, never a hole.
import {
  BadgeCheck, Bell, BookOpen, Briefcase, Building2, Calendar, Check, ChevronLeft, ChevronRight, CircleAlert, Clock, Copy, Download,
  Ellipsis, Eye, FileText, Flag, GraduationCap, HandHeart, Heart, HeartHandshake, House, IdCard, Lock, MapPin, MessageCircle,
  Pencil, Plus, ScanFace, Search, Settings, Shield, SlidersHorizontal, Sparkles, Trash2, User, Users, Utensils, WifiOff, X,
  ArrowLeft, ArrowRight, Undo2, Ban, Pause, LogOut, Scale, Gift,
  Image, Mic, SendHorizontal, Play, Square, Phone,
} from '@lucide/vue'
import type { Component } from 'vue'

const ICONS: Record<string, Component> = {
  'badge-check': BadgeCheck, bell: Bell, book: BookOpen, briefcase: Briefcase, building: Building2, calendar: Calendar, check: Check,
  back: ChevronLeft, forward: ChevronRight, alert: CircleAlert, clock: Clock, copy: Copy, download: Download, more: Ellipsis, eye: Eye,
  file: FileText, flag: Flag, learn: GraduationCap, help: HandHeart, heart: Heart, pair: HeartHandshake, home: House, id: IdCard,
  lock: Lock, place: MapPin, message: MessageCircle, edit: Pencil, plus: Plus, face: ScanFace, search: Search, settings: Settings,
  shield: Shield, filter: SlidersHorizontal, sparkle: Sparkles, trash: Trash2, user: User, users: Users, meal: Utensils,
  offline: WifiOff, close: X, left: ArrowLeft, right: ArrowRight, undo: Undo2, block: Ban, pause: Pause, 'sign-out': LogOut,
  rights: Scale, gift: Gift, picture: Image, mic: Mic, send: SendHorizontal, play: Play, stop: Square, call: Phone,
}

export const iconFor = (name: string): Component => ICONS[name] ?? HandHeart
